# shells: dash
# return without a status, in a loop's condition: the status of the loop so far.
f() { while return; do :; done; }
g() { while return 4; do :; done; }
h() { until [ $((n += 1)) -gt 1 ] && return; do (exit 3); done; }
false; f; echo $?
g; echo $?
h; echo $?
! return
