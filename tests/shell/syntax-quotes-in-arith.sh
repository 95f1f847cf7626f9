# shells: bash
# late: Quotes in an expression have their own end, whatever stands between.
eval 'echo $(( "1) + (2" ))'
eval 'echo $(( "1))" ))
echo b'
eval 'echo $(( "1 ))
echo "c"'
eval 'echo "$(( "1 ))"
echo d'
