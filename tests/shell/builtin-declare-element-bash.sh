# shells: bash
# declare and local of elements
declare 'r[1]=x'; echo $?; declare -p r
declare r[2]=y; declare -p r
declare 'r[1+1]+=z'; declare -p r
declare -i 'q[1]=1+1'; declare -p q
declare 'a b=c'; echo $?
declare 'r[x'; echo $?
declare 'r[1]'; echo $?; declare -p r
f() { local 'l[1]=x'; declare -p l; local r[0]=k; declare -p r; }; f; declare -p r
export 'e[1]=x'; echo $?; declare -p e
readonly 'o[1]=x'; echo $?; declare -p o
declare -x 'x[1]=x'; echo $?; declare -p x
typeset 't[-1]=x'; echo $?
a=5; declare 'a[1]=x'; declare -p a
declare 'r[]=x'; echo $?
declare 'r[08]=x'; echo $?
declare 'n[]'; declare 'n[@]'; declare -p n; declare 'n[*]=3'; echo $?
printf -v 'n[@]' x; echo $?; read 'n[*]' <<< x; echo $?
