# shells: bash
# A $@ in a word of [[ ]] or `case` whose values no blank joins: the text beside it is split, they are not.
e=()
for IFS in : ' :' ': ' '' a '
'; do
	for args in '"a  b" "" c' '"" "a b"' ': x:' '""' ''; do
		eval "set -- $args" 'r=("$@")' x='" : "'
		set -x
		{
		[[ $x${e[@]} = *:* ]]
		[[ :${!r[@]} = *:* ]]
		[[ ${r[@]}a:b = *:* ]]
		[[ $*$@? = *:* ]]
		[[ "$@": = [ab]* ]]
		[[ -n ${e[@]}* ]]
		[[ $@${!r[@]} = *:* ]]
		case é${r[@]} in *:*) echo c ;; *\ *) echo s ;; *) echo n ;; esac
		case $*$@ in *:*) echo c ;; *\ *) echo s ;; *) echo n ;; esac
		case [d:f]${e[@]} in *:*) echo c ;; *\ *) echo s ;; *) echo n ;; esac
		case :"${!r[@]}"a] in *:*) echo c ;; *\ *) echo s ;; *) echo n ;; esac
		set +x; } 2>&1
	done
done
