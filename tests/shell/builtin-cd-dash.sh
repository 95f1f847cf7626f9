# shells: dash
mkdir -p t/u d; ln -s t/u l
p() { echo "${PWD#"$here"} ${OLDPWD#"$here"}"; }
here=$PWD
cd nonexist/..; echo $?; p
cd l; p; pwd -P | grep -c /t/u; cd ..; p
cd -P l; p; cd -L ..; p; cd -P ..; p
cd //; pwd; cd ///; pwd; cd "$here" || exit
HOME=t cd; p; cd ..
unset HOME; cd; echo $?; p
unset OLDPWD; cd - | grep -c .; p
CDPATH=t cd u | grep -c t/u; p
CDPATH=t:; cd d; p; cd u; p; cd ..; CDPATH=
cd d x y; p; cd ''; p
(unset PWD; cd ..; echo "${PWD#"$here"}")
env | grep -c '^OLDPWD='
