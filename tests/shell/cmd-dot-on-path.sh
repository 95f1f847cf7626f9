# shells: bash dash
# A command that a relative folder of PATH has is found again.
echo 'echo command "$@"' >if; chmod a+x if
PATH=.:$PATH
\if 1; "i"f 2; i'f' 3
rm if
