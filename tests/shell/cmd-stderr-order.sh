{ echo 1; /bin/echo 2; echo 3 >&2; /bin/sh -c 'echo 4; echo 5 >&2'; echo 6; } > f 2>&1; cat f; x=$( { echo a; /bin/echo b; /bin/sh -c 'echo c >&2'; echo d; } 2>&1 ); echo "$x"
