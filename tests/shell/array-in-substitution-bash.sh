# shells: bash
# ladder
# a backslash in an array within $( ): bash finds no end
x=$(r=(a\ b)); echo "no $x"
