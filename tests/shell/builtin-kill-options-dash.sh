# shells: dash
for o in -M -l3 -ls -lM -xyz -s -9x "-s M" -sM -sTERM "-l M" "-l 200" "-l 9" - "- x"; do
	kill $o
	echo $?
done
kill 99999999 x y
