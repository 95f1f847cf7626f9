# shells: bash
# A part of an array that is no more, or has no value yet, is no field; one of "" is one.
count() { echo $#; }
f() {
	local x
	count "${x[@]:0:2}"
}
f
r=(one)
unset r
count "${r[@]:0:2}"
count "${r[@]:0:2}" "${r[*]:0:1}"
count x"${r[@]:0:1}"
export q
count "${q[@]:0}"
q=
count "${q[@]:0}"
