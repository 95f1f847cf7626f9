# shells: bash
# the words of for and case as bash keeps them; the values within (( ))
set -x
n=3 a='x y'
for i in $'a\tb' "a\
b" $( echo 1;echo 2 ) "$(if  :;then echo 3;fi)" {a,b} ${x-$( : )}; do :; done
case $'q'"$(  : | : ; ( : ) )" in *) ;; esac
for ((i=0;  i < $n ; )); do ((i += $n)); done
(( $n  + "1" ))
for ((;;)); do break; done
