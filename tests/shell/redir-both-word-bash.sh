# shells: bash
# What >&WORD comes to is a word once more: its braces count, and a backslash at its end is lost.
for a in 'x\' '\' 'y\\\' '{a,b}' '{a' 'z{1..2}' '\{a,b}' '{}'; do
	echo hi >&"$a"
	echo $?
done
ls
