# shells: bash
echo ${BASH_VERSINFO} ${#BASH_VERSINFO[@]} $((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1])) ${BASH_VERSINFO[-1]}
set -e -o pipefail; echo $SHELLOPTS; set -o | grep -E 'pipefail|errexit|verbose'; set +o | grep -E 'errexit|posix'
set +e; set -E; set -T; echo $SECONDS $HOSTTYPE $MACHTYPE; unset SECONDS; echo "[$SECONDS]"
SHLVL=4 $BASH -c 'echo $SHLVL'
OPTERR=0; getopts ab: o -z; echo $o; OPTERR=1 OPTIND=1; getopts ab: o -z
