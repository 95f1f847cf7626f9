# shells: bash
# what the shell made read-only stands before a command in vain
UID=3 true
echo $?
SHELLOPTS=x env true
UID=3 eval 'echo a'
UID=3 && echo no
