#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# [[ in a comment ]]
function usage() { # expect: recipe-shell warning
	echo "usage: $0 [[ a ]] <<< &> x == y"
}
[ $((($# - 1) % 3)) -ne 0 ] && usage
if [[ $1 ]]; then :; fi # expect: recipe-shell warning
awk '
	a == b { print [[ }
	((x)) <<< y
'
cat <<END
let x=1
[ a == b ]
END
[ "$1" == "x" ] && echo "${1//a/b}" # expect: recipe-shell warning, recipe-shell warning
x=1; let x=x+1; echo -e 'a\n' &> log # expect: recipe-shell warning, recipe-shell warning, recipe-shell warning
((x)) && echo http://a/b # function x # expect: recipe-shell warning
case $1 in a) source ./x;; esac # expect: recipe-shell warning
echo "a" | sed 's/ == //'
