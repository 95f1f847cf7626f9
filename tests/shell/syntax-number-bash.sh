# shells: bash
# late: a wrong number before < or > is named as the number that it is, an operator without what stands behind it
eval 'echo <03>'
eval 'echo 00>'
eval 'x <--3'
eval 'x <&>y'
eval 'x >>>y'
