set -e; x=$(true); echo a; y=$(false); echo unreachable
