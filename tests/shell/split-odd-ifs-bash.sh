# shells: bash
# several parameters under an IFS without a blank
p() { printf '<%s>' "$@"; echo; }
IFS=; set -- 'a b' c; r=('a b' '' c); p ${@#x}; p ${r[@]#x}; p ${*#x}; p ${r[*]#x}; p ${r[@]:1}; p ${r[@]/b/q}; p ${@:1}; p ${r[*]:0}; p $* ; p $@; p ${r[@]}; p ${r[*]}; p ${r[@]-x}; p ${!r[@]}; p x${r[@]#x}y; p x${@#x}y; p ${@:-x}; p ${r[@]^^}; p ${@^^}; p ${@/b/q}
x=${r[@]#x}; p "$x"; x=${@#x}; p "$x"; x=$@; p "$x"; x=${r[@]}; p "$x"; x=$*; p "$x"; x=${*#x}; p "$x"; x=${r[*]#x}; p "$x"
x="${r[@]#x}"; p "$x"; x="${*#x}"; p "$x"
IFS=:; p ${@#x}; p ${r[@]#x}; p ${*#x}; p ${r[*]#x}; p $*; x=${r[@]#x}; p "$x"; x=${@#x}; p "$x"; x=$@; p "$x"; x=$*; p "$x"; x=${*#x}; p "$x"; x=${r[*]#x}; p "$x"; x=${r[*]}; p "$x"
IFS=b; p ${@#x}; p ${r[@]#x}; p ${*#x}; p ${r[*]#x}; p $*;  x=${r[@]#x}; p "$x"; x=${@#x}; p "$x"; x=$@; p "$x"; x=$*; p "$x"; p "$*$@" "${*#x}$@"
