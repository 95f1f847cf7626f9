# shells: bash
# an error that leaves a ( ) out of a loop: its EXIT trap is in no loop, but within eval
w=1+
(trap 'continue; echo trap' EXIT; for i in 1; do : $((w)); done)
for q in 1; do (trap 'break; echo trap' EXIT; for i in 1; do : $((w)); done; echo no); done
{ trap 'continue; echo trap' EXIT; for i in 1; do : $((w)); done; echo no; } | cat
f() { (trap 'continue; echo trap' EXIT; for i in 1; do : $((w)); done); }
f
eval "(trap 'continue; echo trap' EXIT; for i in 1; do : \$((w)); done)"
echo $?
