# shells: bash
# ${x/y/z} and ${x=y} before it do not change what becomes of $* in a $(..) that is not split
set -- 'p q' r
a="${1/x/y}$(IFS=; printf '[%s]' -$*)"; echo "$a"
a=${u=b}$(IFS=; printf '[%s]' -$*); echo "$a"
a=$(: ${w=$1}; IFS=; printf '[%s]' -$*); echo "$a"
c=~ a="${@/#a?/}$(IFS=; printf '[%s]' -$*)" eval 'echo "$a"'
case ${1/x/y}$(IFS=; printf '[%s]' -$*) in *'[-p qr]') echo yes;; esac
