# shells: bash
# Of several slashes behind a pattern bash leaves one, before it all.
mkdir -p d/e f
: > d/x
echo *// *//* */// d//* ./*//* .//d*//x */..//d d/./*// "d//"* *"//"x
