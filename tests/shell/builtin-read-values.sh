# shells: bash
# Values of options that are none; a folder.
for o in '-n x' '-n -1' '-n 08' '-t x' '-t 1.2.3' '-u -3' '-u x' '-u 7' '-N 0x'; do
	read $o a; echo $?
done
read -t 0 </dev/null; echo $?
read a </; echo $?
read -n 3 a </; echo $?
