# shells: bash
unset -fiv a; echo $?
unset -f -v a; echo $?
a=1; unset -v -- a; echo "$? $a"
unset --x; echo $?
# the function once there is no variable of that name
f() { echo f; }; f=1; unset f; f; unset f; f
r=(1 2); unset -f 'r[1]'; echo "${r[*]}"
local_() { local f; unset f; f; unset f; f; }; f() { echo g; }; local_
unset "q[x+]" "q[i=3]" "q[@]"; echo $? $i
