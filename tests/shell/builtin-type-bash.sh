# shells: bash
type -t cd; type -t if; f() { :; }; type -t f; type -t cat; type -t nosuch; echo $?; type -p cat | sed 's|.*/||'; builtin echo b; builtin nosuch; echo $?
