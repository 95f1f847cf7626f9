# shells: bash
# the status behind the length of an element that is not there
for e in set\ -eu set\ -u; do
$e
for s in false 'exit 5' true nosuch; do
for x in '${#r[-1]}' '${#r[0]}' '${#v}' '${r[-1]}' '$v'; do
for c in 'case X in *) ;; esac' 'echo X' 'y=X' 'for i in X; do :; done' '[[ X ]]' ; do
c1=${c%%X*}$x${c#*X}
( set +e; ( eval "set -${e#set -};
($s) || $c1; $c1" ); echo "$e:$s: $c1: $?" )
done; done; done; done 2>/dev/null
