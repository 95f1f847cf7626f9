# PS4's parameters and substitutions are expanded, and not shown
x=3; PS4='[$x $(echo y) $((x+1))] '; set -x
echo a; (exit 3); echo $?
