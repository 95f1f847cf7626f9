# shells: dash
# What `command` runs says whether redirections stay and whether words are assignments.
command exec 3>out; echo z >&3
command -p -- exec 4>>out; echo y >&4; cat out
set -- 'b c'
command export a=$1; echo "$a"
command command readonly e=~/x; echo "$e"
x=export; $x f=$1; echo "$f"
command $none export g=$1; echo "$g"
command exec 5>none/x; echo $?
