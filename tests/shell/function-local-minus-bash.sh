# shells: bash
# local - keeps the options, wherever it stands; declare has none
f() { local - a=1; set -fu; echo $- $a; g; echo $-; }; g() { local -r b= -; set +f; echo $-; }; f; echo $-
f() { local x=1 - y=2; set -o pipefail; false | true; echo $? $x$y; }; f; false | true; echo $?
f() { declare -; echo $?; }; f
# the last one counts
f() { local -; set -f; local -; set -u; echo $-; g; echo $-; }; g() { local -; set -C; local -; set +C; local; }; f; echo $-
set +f; f() { local - b=2; ( local; local -; set -f; local; echo $- ); echo $-; }; f
