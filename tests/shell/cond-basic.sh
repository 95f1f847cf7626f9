# shells: bash
x='a b'; [[ $x == 'a b' ]]; echo $?; [[ $x = a* ]]; echo $?; [[ $x == "a*" ]]; echo $?; [[ $x != z* ]]; echo $?; [[ -n $x && -z $y ]]; echo $?; [[ ! -f /nonexistent || a == b ]]; echo $?; [[ ( a == a ) && b == b ]]; echo $?; [[ 5 -gt 3+1 ]]; echo $?; [[ a < b ]]; echo $?; [[ $x ]]; echo $?; [[ -d / && -e /dev/null ]]; echo $?; [[ "" ]]; echo $?; if [[ $x == *b ]]; then echo y; fi
