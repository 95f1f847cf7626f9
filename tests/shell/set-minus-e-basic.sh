set -e; true; false || echo handled; if false; then :; fi; ! true; false && echo no; echo still; while false; do :; done; false; echo unreachable
