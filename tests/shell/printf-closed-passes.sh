# shells: bash
# Behind a pass that could not write its line bash takes no more words.
printf '%sb%i\n' 10 9 8 x y z >&-; echo $?
printf '%sb%i' 10 9 8 x y z >&-; echo $?
