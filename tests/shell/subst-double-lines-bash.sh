# shells: bash
# $(( that is no arithmetic: bash runs it as it is written.
nope() { echo "$LINENO $(ff) ${BASH_LINENO[*]}"; nosuch; }
x=$(( f3() { echo $LINENO; nosuch; }; f3; nope ) ); echo "<$x>"
x=$((
f3() { echo $LINENO; nosuch
}; f3
nope ) ); echo "<$x>"
x=$(( echo $LINENO
nosuch; echo c ) ); echo "<$x>"
x=$(( echo a; echo b ) | cat); echo "$x"
x=$((if :; then nosuch; fi); nosuch); echo "$x"
echo "$(( for i in 1; do nosuch
nosuch; done ) )"
set -x
: $((  echo   a  ) )
