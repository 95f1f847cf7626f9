# shells: bash
# what declare -p shows of values that are no line of characters
b='\a
0a:b' r=($'a\nb' $'a\tb' 'c d')
declare -p b r
export b
export -p | grep -a -A1 ' b='
