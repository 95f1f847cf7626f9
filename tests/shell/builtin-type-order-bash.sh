# shells: bash
# what is found is said before what is not
type echo nosuch : nosuch2 > out 2>&1; cat out
command -V : nosuch > out 2>&1; cat out
