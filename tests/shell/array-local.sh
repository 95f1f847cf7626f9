# shells: bash
f() { local -a v=(a "b c"); local w=("$@"); echo "${v[1]}" ${#w[@]}; }; v=outer; f 1 2 3; echo $v
