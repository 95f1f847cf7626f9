# shells: bash
# Among several items of "$@" in the word an empty one is a character of its own there.
t() {
	case "$@" in " a"|"a "|" "|"a  a") echo blank ;; "a b") echo two ;; "") echo none ;; *$'\177'*) echo mark ;; *) echo other ;; esac
	case x"$@" in *$'\177'*) echo mark ;; *) echo other ;; esac
	case "$@"y in *$'\177'*) echo mark ;; *) echo other ;; esac
	case "$*" in *$'\177'*) echo mark ;; *) echo other ;; esac
	case "${@:1}" in *$'\177'*) echo mark ;; *) echo other ;; esac
	[[ "$@" == *$'\177'* ]] && echo mark
}
t "" a; t a ""; t "" ""; t a "" a; t ""; t a b; t
