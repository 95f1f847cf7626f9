# shells: bash
# A blank and a separator at the start of a word leave an empty field, but where a $@ is going to
# stand in it: not the word of ${@+w}, nor ${*-w}.
p() { printf '[%s]' "$@"; echo; }
t() {
	p $x"k=${@:+w}" $x"${@:-w}" $x"${@-w}"k $x${@:+w} $x"k${r[@]-w}"
	p $x"k"${*-w} $x${*:-w} $x${*+w} $x$*
	p $x${u-$*} $x${u-"$@"} $x"k${u-$@}" $x${u-"${r[@]}"} $x"${u+$@}" $x${a#$@}
}
a=1
IFS=' :'
for x in ' :' ' : ' ': ' ' ::' 'a :'; do
	for r in 1 2; do
		r=()
		t; t z; t q r; t ''
		r=(1 2)
		t; t z
	done
done
