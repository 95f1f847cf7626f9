# shells: bash
# late: the status of an expansion that fails in a redirection
r=(a b) n=-6
if :; then :; fi <<< "${r[n]=v}"
echo $?
while :; do break; done < "$((1+))"
echo $?
