set -e; { false && true; }; echo a; { true; false; } || echo b; (true && false); echo unreachable
