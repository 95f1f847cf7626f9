# shells: bash
declare -p PIPESTATUS; echo $?
f() { declare -p FUNCNAME; echo "${FUNCNAME[@]}" "${#FUNCNAME[@]}" "$FUNCNAME"; g; }
g() { declare -p FUNCNAME BASH_SOURCE BASH_LINENO; echo "${!FUNCNAME[@]}"; [ -v FUNCNAME ]; echo $?; echo "${FUNCNAME-unset}"; }
f
declare -p FUNCNAME; echo $?
echo "${FUNCNAME[@]}" "${#FUNCNAME[@]}" "${FUNCNAME-unset}" "${FUNCNAME[0]-unset}"
true | false
declare -p BASH_SOURCE BASH_LINENO PIPESTATUS
[ -v FUNCNAME ]; echo $?
FUNCNAME=x; echo $?; echo "$FUNCNAME"
h() { FUNCNAME=y; echo $? "$FUNCNAME"; }; h
declare -p UID EUID LINENO OPTIND BASH_VERSION BASHOPTS SHELLOPTS OSTYPE MACHTYPE BASH_VERSINFO IFS PS4 NOSUCH
declare -p RANDOM SECONDS EPOCHSECONDS PPID | sed 's/[0-9][0-9]*/N/'
/bin/bash -c 'declare -p BASH_SOURCE FUNCNAME BASH_EXECUTION_STRING'
