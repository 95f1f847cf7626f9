echo data > f; /bin/cat f; echo more >> f; /usr/bin/wc -l < f; /bin/sh -c 'cat f > g'; cat g; echo last > h; /usr/bin/sort f h -o k; cat k; rm f; /bin/ls
