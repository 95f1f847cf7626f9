# shells: bash
# a slice of an array begins at an index and has so many elements
r=(a b c d e); unset 'r[0]' 'r[2]'; r[9]=z
for o in 0 1 2 3 4 5 9 10 -1 -2 -6 -9 -10 -11; do echo "$o: ${r[*]:o}|${r[*]:o:1}|${r[*]:o:2}|${r[@]:o:0}"; done
echo "${r[@]: -3:2}" "${r[*]:3:-1}"
echo on
s=(); echo "${s[*]:0}|${s[*]:1}|"; s=([5]=x); echo "${s[*]:0}|${s[*]:5}|${s[*]:6}|${s[*]: -1}|${s[*]: -6}|${s[*]: -7}|${r[1]:0:1}"
