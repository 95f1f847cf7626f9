# shells: bash
# "declare -g x[i]=value" below a local x makes an array of the global one, and sets the local one.
f() { local x=1; declare -g x[2]=5; declare -p x; }
f; declare -p x
g() { local y=(1 2); declare -g y[0]=5; declare -g y[1]+=6; declare -p y; }
y=7
g; declare -p y
h() { local -i z; declare -gi z[3]=5+1; declare -p z; }
h; declare -p z
i() { declare -g v[1]=5; }
i; declare -p v
