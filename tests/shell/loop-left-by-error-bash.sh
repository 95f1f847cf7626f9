# shells: bash
# an error that drops the line leaves the loop, which bash does not notice within eval: a break there stops all
for x in 1; do echo $((1%0)); done
break
echo on
eval 'for x in 1; do echo $((1%0)); done
break
echo no'
echo after
trap 'echo trapped' EXIT
f() { for y in 1 2; do echo $((1%0)); done; }
eval 'f
break; echo on
for z in 1; do f; done
break; echo no'
echo no
