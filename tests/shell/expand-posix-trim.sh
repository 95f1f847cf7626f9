# shells: dash
# dash trims $@ as one string, in which a NUL may stand between parameters.
show() { printf '<%s>' "$@"; echo; }
set -- 'p q' 'r*s' t
show ${@#p} "${@#p}" "${@%t}" "${@%%q*}" "${*#*q}" ${*%%r*} "${@##*}" "${@%[*]s*}"
set -- 'a*b' 'c?d' ''
show "${@#a[*]}" "${@%?d*}" "${@##*b}" ${@%b} "${@%%c*}"
v='a\*b'
show ${v#a\\} "${v%'*b'}" ${v%\**} "${v##*"\\"}"
x='\' p='\*'
case 'a' in $x"a") echo 1;; $x\a) echo 2;; *) echo 3;; esac
case '*' in $x'*') echo 1;; $p) echo 2;; *) echo 3;; esac
