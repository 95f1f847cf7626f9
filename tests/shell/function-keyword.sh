# shells: bash
function f { echo f $1; }; f 1; function g() { echo g; }; g; function h
{ echo h; }; h; a-b() { echo dash; }; a-b; f.x() { echo dot; }; f.x; k() { echo ${FUNCNAME[0]} $FUNCNAME; }; k
