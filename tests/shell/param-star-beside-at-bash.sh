# shells: bash
# "$@" makes bash split what an operation made of "$*" between the same quotes
p() { printf '<%s>' "$@"; echo; }
set -- 'p q' 'r s'
p "$*$@"; p "${*%%x}$@"; p "$@${*%%x}"; p "${*%%x}a$@b"; p "${*:1}$@"; p "${*/p/z}$@"; p "${*^^}$@"; p "${*:-x}$@"; p "${*:+x y}$@"; p "${*#x}"; p "${*#x} $b$@"
p "${*#x}${@#y}"; p "${*#x}${@:1}"; p "${*#x}${@:-y}"; r=(a 'b c'); p "${*#x}${r[@]}";  p "${*#x}${r[*]}"; p "${r[*]#x}${r[@]}"; p "${r[*]#x}$@"; p "${r[*]:1}$@"; p "${r[*]}$@";  p "${!r[*]}$@"
p "${r[*]#x}$*"; p "$@$*"; p "$@${*#x}$@"; IFS=:; p "${*#x}$@"; IFS=; p "${*#x}$@"; unset IFS
p "x y${*#x}" "$@"; p "${*#x}"; p "${*#x}"$@; p "${*#x}""$@"; p "${*#x}"'a b'"$@"; p "${*#x}a b$@"; p "${*#x}${*#x}$@"; p "$x${*#x}$@";set -- 'p q'; p "${*#x}$@"; set --; p "${*#x}$@"; p "a b${*#x}$@"
set -- 'p q' 'r s'; x="${*#x}$@"; p "$x"; for i in "${*#x}$@"; do p "$i"; done
p ${*#x}$@; p ${*#x}"$@"; p "a b"${*#x}"$@"
