# shells: bash
# SHLVL and OLDPWD are among what bash exports, the latter without a value at first
export | grep -e SHLVL -e OLD
declare -p OLDPWD SHLVL; declare -x | grep -c OLD
[[ -v OLDPWD ]]; echo "$? ${OLDPWD-u}"
(cd /; export | sed -n '/OLDPWD/s/=.*/=/p'; unset OLDPWD; export -p | grep OLD; declare -p OLDPWD)
HOME=/x; export -p | grep HOME
unset SHLVL; export | grep SHLVL; echo "[$SHLVL]"
f() { local OLDPWD; export | grep OLD; }; f
