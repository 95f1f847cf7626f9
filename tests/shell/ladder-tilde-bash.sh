# shells: bash
# ladder: bash takes what stands behind ~: in a word, but not in a value, for a part of the path
p='x="a b"; p() { printf "<%s>" "$@"; echo; }; '
for t in 'p ~:$x' 'for i in ~:$x; do p "$i"; done' 'for i in ~:`echo a b`; do p "$i"; done' \
	'r=(~:$x); p "${r[@]}"' 'r=([1]=~:$x); p "${r[@]}"' 'case "$HOME:a b" in ~:$x) p y;; *) p n;; esac' \
	'case ~:$x in "$HOME:a b") p y;; *) p n;; esac' '[[ ~:$x = "$HOME:a b" ]]; p $?' \
	'[[ "$HOME:a b" = ~:$x ]]; p $?' 'cat <<<~:$x' 'p ${u-~:$x}' 'p "${u-~:$x}"' 'p ${x/a/~:$x}' \
	'p ${x/~:$x/a}' 'a=~:$x; p "$a"' 'export a=~:$x; p "$a"' 'a=~:$x p q' 'p ${x#~:$x}'; do
	/bin/bash -c "$p$t"
done
