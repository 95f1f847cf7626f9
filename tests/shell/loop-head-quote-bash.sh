# shells: bash
# ladder
# a quote in the head of a loop wants its other one
eval "for ((i = 0; i < 2; 'i++)); do echo \$i; done"
echo $?
for ((i = 0; i < "2"; i++)); do echo $i; done
