# shells: bash
# an error that leaves a ( ) out of a loop: its EXIT trap is in no loop, but within eval
(trap 'continue; echo trap' EXIT; for i in 1; do : $((1+)); done)
for q in 1; do (trap 'break; echo trap' EXIT; for i in 1; do : $((1+)); done; echo no); done
{ trap 'continue; echo trap' EXIT; for i in 1; do : $((1+)); done; echo no; } | cat
f() { (trap 'continue; echo trap' EXIT; for i in 1; do : $((1+)); done); }
f
eval "(trap 'continue; echo trap' EXIT; for i in 1; do : \$((1+)); done)"
echo $?
