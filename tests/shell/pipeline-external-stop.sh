yes | head -n 3; seq 100000 | head -n 2; /usr/bin/yes | /usr/bin/head -n1; cat /dev/zero | head -c 4 | od -An -tx1
