# shells: bash
# late: whoever looks for the "))" of "((" knows no "${": a parenthesis in that counts
eval 'while (( 3 < ${m:-4); }; do :; done'
! false | cat
echo $?
eval '((echo a) >${m:-out); }; echo b; )'
cat out*
