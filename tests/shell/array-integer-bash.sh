# shells: bash
# declare -i counts for elements, and for what ${x:=y} gives
declare -i r; r=(1+1 2*3); r[0]=4+4; declare -p r
declare -ai s=(1+1 2); s[1]+=3; s+=(2+2); declare -p s
declare -ai t; read -a t <<< "1+1 2"; declare -p t
declare -i n; echo ${n:=1+4} $n
declare -i u; u=(1 "x y" 3); echo no
declare -a v; v[2]=x; declare -p v
