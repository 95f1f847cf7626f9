set -e; for i in 1; do false || true; done; case x in x) ! false;; esac; until true; do :; done; for i in 1; do false; done; echo unreachable
