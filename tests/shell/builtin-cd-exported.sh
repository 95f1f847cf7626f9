# A child sees where the shell was and is.
cd /
cd usr
printenv OLDPWD PWD
(cd / && printenv OLDPWD PWD)
unset OLDPWD
cd lib
printenv OLDPWD
cd /
printenv PWD
