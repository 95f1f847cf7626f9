(exit); echo $?; (false; exit); echo $?; (exit 300); echo $?; f() { exit 9; }; (f; echo no); echo $?; exit 12; echo no
