# shells: bash
# an assignment before a command shows what it gives
r=a; declare -i i=4; set -x; r+=x i+=3 :; r+=y; q+=() :; i+=3+ :
