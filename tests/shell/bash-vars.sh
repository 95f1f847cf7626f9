# shells: bash
echo ${BASH_VERSION%%.*} $BASH_VERSION >/dev/null; [ -n "$BASH_VERSION" ] && echo bash; echo $UID >/dev/null; echo ${RANDOM:+set}; echo a b; echo $_; : x y; echo $_
