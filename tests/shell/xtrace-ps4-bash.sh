# shells: bash
PS4='${FUNCNAME[0]:+${FUNCNAME[0]}(): }${LINENO}+ '; set -x
f() { echo a; }; f; x=$(echo b)
set -- a b; [[ x == a"$@"b ]] || [[ x == "$*" ]]; %1
