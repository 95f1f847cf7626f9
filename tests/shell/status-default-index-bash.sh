# shells: bash
# a wrong index of ${x[i]=y}: 2 where a script goes on, 1 where a text does
: "${n[-3]=}"
echo "$?"
(: "${n[@]=}"); echo "$?"
x=$(: "${n[-3]=}"); echo "$?"
eval ': "${n[-3]=}"
echo $?'
true | : "${n[-3]=}"; echo "$?"
eval 'true | : "${n[-3]=}"; echo $?'
true | { : "${n[-3]=}"; }; echo "$?"
$BASH -c ': "${n[@]=}"'; echo "$?"
$BASH -c 'true | : "${n[@]=}"; echo $?'
