# shells: bash
# "${@+word}" may be nothing at all; names in messages about unset parameters; indexes before the first
set --
c() { echo $#; }
c "${u[@]:+w}"; c "${@:+w}"; c  "${@+w}"; c "x${@+w}"; c "${*+w}"; c "${u[*]+w}"; c "${@:-}"; c "${u[@]-}"; c "${@##x}";c "${u[@]/x/y}"; c "${u[@]:1}"; c "${@:-$@}"; c "${x-$@}" ; c "${x-"$@"}"; c "${x:+w}"; c "${x+$@}"
n=foo; ( set -u; echo ${!n} ); ( set -u; n=3; echo ${!n} );  ( set -u; n='r[3]'; echo ${!n} ); ( set -u; echo ${!n-x} ); ( set -u; echo ${!3-x} );( set -u; echo ${!qq-x} ); (set -u; echo ${!n:1}); (set -u; echo ${!3:1})
( set -u; echo ${#n[*]} ); ( set -u; echo ${#nn[1]} ); ( set -u; r=(1); echo ${#r[1]} );( set -u; r=(1); echo ${r[1]} );( set -u; r=(1); echo ${r[1]:1} );( set -u; echo ${#n} ${#nnn} )
( set -u; echo "${q[@]}" "${q[@]:1}" "${q[*]/a/b}" ); ( set -u; echo ${n[5]} ); ( set -u; echo ${q[5]#x} ); ( set -u; echo $((q+1)) ); ( set -u; echo $((q[1]+1)) ); ( set -u; r=(1);echo $((r[1]+1)) )
echo ${u[@]:=x}; echo after
echo ${u[*]=x}; echo after
echo ${u[-1]=x}; echo after
echo ${u[-1]}; echo after
echo ${u[-1]-x}; echo after
r=(a); echo ${r[-3]}; echo after
echo ${r[-3]=x}; echo after
echo "${r[-3]:+a}"; r[-3]=x; echo after; r[-3]+=x; echo after
echo $((r[-4])); echo after; echo $((r[-4]=3)); echo after
echo ${#r[-3]}; echo after
a=xy; echo ${a[-1]} ${a[-2]}; echo ${a[1]}; a[-1]=z; echo $a
