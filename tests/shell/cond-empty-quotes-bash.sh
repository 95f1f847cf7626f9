# shells: bash
# Where a $@ makes several of an operand of [[ ]] or of a case's word, quotes of which nothing comes
# are no field.
x= z=' q' r=(' q' r)
PS4=+
exec 2>&1
t() {
	set -x
	[[ ""${@#?} -ne 0 ]]
	[[ 0 -ne "$x"$z"$@" ]]
	[[ ""$z"$@" = a ]]
	[[ -n ''$z"$@" ]]
	[[ ${@#?}"" -ne 0 ]]
	[[ "$@" -ne 0 ]]
	[[ ""${r[@]} -ne 0 ]]
	[[ k""$@ -ne 0 ]]
	set +x
	case ""$z"$@" in ' '*) echo lead;; *) echo no;; esac
}
t 'p q' r; t ' q' r; t q; t; t '' q; t ' q ' ' r '
