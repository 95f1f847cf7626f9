# shells: bash
# Some that bash makes itself are read-only.
(UID=5; echo no); (PPID=4; echo no); (SHELLOPTS=x; echo no); (BASHOPTS=; echo no)
unset EUID; echo $?
(BASH_VERSINFO=3; echo no)
for UID in a; do echo no; done
