# shells: bash dash
# ladder
# a text that only the real shell knows is still there for it when it is the input
echo 'echo a & wait' | sh
printf 'echo b\necho c & wait\n' | sh
sh <<E
echo d & wait
E
echo 'echo e & wait' | bash
echo 'if' | sh
echo $?
echo 'echo f; exit; echo g' | { sh; cat; }
echo 'echo word $1' >file
echo 'echo h $1' | sh /dev/stdin i
sh /dev/fd/3 j 3<file
bash /dev/fd/0 k <file
