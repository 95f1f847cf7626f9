set -e; ! false; ! true; echo a; ! { false; }; echo b; ! (exit 1); echo c
