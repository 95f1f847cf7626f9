# shells: bash
# ladder
# a text that eval or trap is given as it stands is looked at, too
eval 'cat <(echo a)'
trap 'sleep 0 & wait; echo b' EXIT
b="true x echo over"; eval "${b/x/\& wait;}"
