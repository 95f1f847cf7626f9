# shells: dash
# return without a status that ends what a trap has started: the trap's status
trap '(false; return); echo $?; x=$(return); echo $?; false | { return; }; echo $?; (eval return); echo $?; f() { return; }; false; f; echo $?; (true; f); echo $?' EXIT
exit 3
