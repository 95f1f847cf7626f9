# shells: bash
# ladder
# what changes a shell that is started with it
echo 'x=5; f() { echo called; }' >first
: >empty
export BASH_ENV=first
bash -c 'echo $x; f'
echo 'echo $x $0' >script
bash script
sh -c 'echo "[$x]"'
BASH_ENV='$PWD/first' bash -c 'echo $x'
BASH_ENV=empty bash -c 'echo "[$x]"'
BASH_ENV=nowhere bash -c 'echo "[$x]"'
BASH_ENV= bash -c 'echo "[$x]"'
unset BASH_ENV
env 'BASH_FUNC_f%%=() { echo handed $1; }' bash -c 'f on'
env SHELLOPTS=pipefail bash -c 'false | true; echo $?'
env SHELLOPTS=errexit sh -c 'false; echo $SHELLOPTS'
env BASHOPTS=nullglob bash -c 'echo nothing*'
env POSIXLY_CORRECT=1 bash -c 'x=3 export y; echo "[$x]"'
env FUNCNEST=2 bash -c 'f() { g; }; g() { h; }; h() { echo no; }; f'
env TMOUT=1 bash -c 'read -r x; echo $?' </dev/null
