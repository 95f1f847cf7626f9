# shells: bash
echo 'a\tb'; echo -e 'a\tb\x41\0101\101\\'; echo -ne 'x\n'; echo -en 'y\cz'; echo; echo -E 'a\tb'; echo -neE '\t'; echo; echo -nq; echo -e '\u00e9\e[0m\a' | od -c; echo -e 'a\'; echo -ne '\x00\xff\x0' | od -An -tx1; echo -e "\xZ \08 \0777" | od -An -tx1
