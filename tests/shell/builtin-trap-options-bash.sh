# shells: bash
trap '-nfoo s' EXIT; echo "$?"
trap -pz; echo "$?"
trap --x; echo "$?"
trap -- -n EXIT; trap; trap - EXIT
trap 'echo t' EXIT; trap -p -- EXIT; trap -pp EXIT
(set -e; trap -n EXIT; echo no); echo "$?"
