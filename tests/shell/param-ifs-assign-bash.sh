# shells: bash
# ${IFS=..} splits the word that it stands in.
set -- 'a:b c' d:e
unset IFS
printf '<%s>' "${IFS:=:}" $1; echo
unset IFS
printf '<%s>' ${IFS:=:}$1$2; echo
unset IFS
printf '<%s>' $1 ${IFS:=:} $1; echo
unset IFS
printf '<%s>' "x"${IFS=b}y$*; echo
unset IFS
x=${IFS=:}$*; echo "$x"
unset IFS
x="${IFS=:}$*"; echo "$x"
IFS=
printf '<%s>' ${IFS:=c}"$*"$1; echo
unset IFS
cat <<E
${IFS=:} $*
E
IFS=
eval 'test ! a -ot "${IFS:="$2"}"'; echo "$*"
unset IFS
: ${IFS:= }; printf '<%s>' $1 "$*"; echo
unset IFS
f() { printf '(%s)' "$@" $1; echo; }
f ${IFS:=b:} $1
unset IFS
case a:b in ${IFS=:}$1) echo y;; *) echo n;; esac
[[ a:b == ${IFS=:}* ]]; echo $?
unset IFS
for i in ${IFS=:}$*; do echo "[$i]"; done
(unset IFS; echo ${IFS=:}; printf '<%s>' $1)
printf '<%s>' $1; echo
readonly IFS; echo ${IFS:=x}; unset IFS
