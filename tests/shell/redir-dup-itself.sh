# SPDX-License-Identifier: GPL-2.0-only
# a descriptor that is made one of itself: nothing happens, also when it is closed
exec 5>&5; echo $?
echo a 5>&5; { echo b; } 7<&7; echo $?
exec 5>f; { echo q >&5; exec 5>&-; } 5>&5; echo $?; echo r >&5; cat f
{ echo c 1>&1; } 1>&-; echo $?
echo z >&6; echo $?
