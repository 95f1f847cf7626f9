# shells: bash
# a wrong index drops the evals around, too, and `bash -c` ends
$BASH -c 'eval "r[1+]=2; echo no"
echo no'; echo $?
$BASH -c 'r=([1+]=2)
echo no'; echo $?
eval 'r[1+]=2
echo no'; echo no
n=-; ((r[n])); let 'r[n]'; [[ r[n] -eq 1 ]]; declare -i x='r[n]'; echo no
