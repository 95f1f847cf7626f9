# shells: bash
# What a whole text goes to the real shell for, runs in one for eval all the same where it can.
e=
try() { eval "$e$1"; echo "$?"; }
try 'unset IFS; echo a${IFS=x}xb "${IFS=:}"; unset IFS'
try 'case x in ${u+""}x) echo y;; esac'
try 'set -- a "b c"; case "a b c" in "$@"$x) echo y;; *) echo n;; esac'
try 'set -- a b; case ${u-"$@"} in a) echo 1;; "a b") echo 2; esac'
try 'set -- a b; echo "${@#a}$*${u-$*}"'
try 'r=($(x=(\\a); echo ${x[0]})); echo "${r[@]}"'
try 'x=~a:$b; echo $x'
try 'a=1 local q=2'
try 'a=1 b=$(echo $a) env | grep ^[ab]='
try 'echo "$$(x)" | tr -d 0-9'
try 'echo $(( ${m-(1} + ${n-2)} ))'
