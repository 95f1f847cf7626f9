# shells: bash
# late: The line that what is wrong in a here-document of [[ ]], (( )) and their like is told of.
[[ a ]] <<E
$( { echo x; } 3<none )
b
E
((1)) <<E
$( { : ${y?no}; } )
$( [[ 1 -eq 1+ ]] ) $( ((1+)) )
$( if :; then :; fi 3<none; { true; } 3<none )
b
E
for ((i = 0; i < 1; i++)) do :; done <<E
$( echo x 3<none )$( { echo x; } 3<none )
E
