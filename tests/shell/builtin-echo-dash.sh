# shells: dash
echo 'a\tb\n\\c'; echo 'stop\chere'; echo; echo '\101\0101\x41\e' | od -c; echo -e x; echo -ne y; echo 'a\'; echo '\08 \0777' | od -An -tx1; echo -n 'a\n'; echo -n -n z; echo -en; echo '\a\b\f\r\v' | od -c; echo 'FW=1\nB=2'
