# shells: bash
a=b; b=value; echo ${!a} "${!a}"; set -- x y; n=2; echo ${!n} ${!#}
