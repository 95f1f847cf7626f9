wait; echo $?; times >/dev/null; echo $?; wait 99999 2>/dev/null; echo $?
