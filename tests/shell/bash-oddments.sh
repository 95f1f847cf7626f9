# shells: bash
# late
IFS=""; r=(a b); printf '[%s]' ${!r[*]}; echo; printf '[%s]' ${!r[@]}; echo;  printf '[%s]' "${!r[@]}"; echo
unset IFS
( readonly c='Ab''#'{a..c}; echo "$c" )
( declare c=x{a,b}; echo "$c" )
( export c='Ab''#'{a..c}; echo "$c" )
set --
printf '[%s]' "${u[@]:+w}" ; echo; printf '[%s]' "${@:+w}"; echo; printf '[%s]' "${@+w}"; echo;  printf '[%s]' "x${@+w}"; echo;printf '[%s]' "${*+w}"; echo; printf '[%s]' "${u[*]+w}"; echo; printf '[%s]' "${@:-}"; echo; printf '[%s]' "${u[@]-}"; echo
printf '[%s]' "${@##x}" ; echo;printf '[%s]' "${u[@]/x/y}" ; echo; printf '[%s]' "${u[@]:1}" ; echo
echo $[1+2] "$[ 3 * (2+1) ]" $[]
n=foo; ( set -u; echo ${!n} ); ( set -u; echo ${!qq} ); ( echo ${!qq} ); ( set -u; echo ${!3} );  ( set -u; unset n; n=; echo ${!n} )
c=1 export c; echo "c=$c"; d=1 declare -x d; echo "d=$d"; e=1 readonly e; echo "e=$e"; g=1 eval 'export g'; echo "g=$g"; h=5 export h=7; echo "h=$h"
x=$'a\nb'; set | grep -A1 ^x=
x=$'a\tb\001'; set | grep ^x=
x="'"; set | grep ^x=
trap "'" INT; trap
! true; echo ${PIPESTATUS[@]}; ! ((1)); echo ${PIPESTATUS[@]}; ! [[ a ]]; echo ${PIPESTATUS[@]}; ! (exit 3); echo ${PIPESTATUS[@]}; false | true; if true; then :; fi; echo "${PIPESTATUS[@]}"
false | true; { echo; }; echo "${PIPESTATUS[@]}"
false | true; for i in; do :; done; echo "${PIPESTATUS[@]}"
false | true; f() { :; }; echo "${PIPESTATUS[@]}"
(exit 3) | true; a=1; echo "${PIPESTATUS[@]}"
(exit 3) | true;  ( exit 4 ); echo "${PIPESTATUS[@]}"
trap 'echo t' EXIT | cat
( trap 'echo t1' EXIT ) | cat
{ trap 'echo t2' EXIT; } | cat
if :; then  trap 'echo t3' EXIT; fi | cat
for i in 1; do  trap 'echo t4' EXIT; done | cat
while :; do  trap 'echo t5' EXIT; break; done | cat
case x in x) trap 'echo t6' EXIT;; esac | cat
k() { trap 'echo t7' EXIT; }; k | cat
eval "trap 'echo t8' EXIT" | cat
: | if :; then  trap 'echo t9' EXIT; fi
l() ( trap 'echo t10' EXIT; ); l | cat
echo ~:x ~root:x ~:a/b
