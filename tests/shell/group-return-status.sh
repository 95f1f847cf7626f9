f() { { return 3; }; echo no; }; f; echo $?; g() { ( return 4 ); echo "in $?"; }; g
