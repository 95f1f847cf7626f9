# shells: bash
# OLDPWD gets what PWD says, and `cd -` shows OLDPWD as it stands
cd /usr
PWD=/elsewhere
cd /
echo $OLDPWD
OLDPWD=usr/
cd -
pwd
OLDPWD=
cd -
echo $?
f() {
	local PWD=/local
	cd /
	echo $PWD $OLDPWD
}
f
unset PWD
cd /usr
echo ${OLDPWD-unset}
declare -p OLDPWD
