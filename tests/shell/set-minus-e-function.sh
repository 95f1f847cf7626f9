set -e; f() { false; echo in-f; }; f || echo or; if f; then echo if-ok; fi; f && echo and; f; echo unreachable
