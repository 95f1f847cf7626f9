# shells: bash
# late
eval 'echo $(((~ 0")))'; echo $?
echo $((1 + "2")) $(( "1 + 2" )) $(("$((1))"))
printf "%'d %05d\n" 1000 42
