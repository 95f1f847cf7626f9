type cd; type nosuch; echo $?; type if; type : echo; f() { echo; }; type cat | sed 's|is .*/|is /|'
