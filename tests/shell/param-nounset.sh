set -u; x=1; echo $x "${y-ok}" "${y:-ok}" "${y+no}"
(echo $y; echo not here) ; echo "status $?"
echo "$@" $#
echo ${zz}
echo unreachable
