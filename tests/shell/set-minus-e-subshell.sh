set -e; (false; echo no) || echo caught; (set +e; false; echo fine); x=$(false; echo sub) || echo assign; (false); echo unreachable
