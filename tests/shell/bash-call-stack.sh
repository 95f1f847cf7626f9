# shells: bash
# FUNCNAME, BASH_SOURCE, BASH_LINENO
show() { echo "${FUNCNAME[*]}|${BASH_SOURCE[*]##*/}|${BASH_LINENO[*]}|${#FUNCNAME[@]}|${FUNCNAME[1]-none}"; }
show
outer() {
	show
	(show)
}
outer
echo 'echo "${FUNCNAME[*]}|${BASH_SOURCE[*]##*/}|$BASH_SOURCE"; inner() { show; }; inner' > l
. ./l
f() { source ./l; inner; }
f
[[ ${BASH_SOURCE[0]} == "$0" ]] && echo main "${FUNCNAME-none}" "${BASH_LINENO[0]}"
echo "$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)" | sed 's,.*/,,'
$BASH -c 'f() { echo "${FUNCNAME[*]}|${BASH_SOURCE[*]}|${BASH_LINENO[*]}"; }; f; echo "${BASH_SOURCE-none}"'
