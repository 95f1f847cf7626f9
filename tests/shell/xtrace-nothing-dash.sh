# shells: dash
# A command of which nothing is left is shown, too.
set -x
>out
$none
$(true) 2>out
cat out
a=1
$none >none/x
$none a=1
