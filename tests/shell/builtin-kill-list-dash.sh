# shells: dash
kill -l | tr '\n' ' '; echo
for w in TERM 15 143 0 16 64 65 ' 9 ' -9 x; do kill -l "$w"; echo "$w: $?"; done
kill -s FOO 1; echo $?
kill -s EXIT 1; echo $?
kill -SIGTERM 1; echo $?
kill %1; echo $?
kill x; echo $?
kill; echo $?
trap 'a b' 16 IO rtmin+3 64; trap
