# shells: dash
# What is local within `command eval` ends with it, in a function or not.
x=1; command eval 'x=2; local x=3; echo $x'; echo $x
command eval 'y=2'; echo $y
f() { local x=1; command eval 'local x=2; x=3; local y=5'; echo $x $y; }; f
echo 'local z=4; echo $z' >l
command . ./l; echo ${z-u}
. ./l; echo no
