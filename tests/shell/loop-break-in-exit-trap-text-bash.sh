# shells: bash
# of a text that eval or -c is given no loop is left
( trap 'break; echo x' EXIT; eval 'for i in 1; do exit 3; done' )
for i in 1; do ( trap 'break; echo y' EXIT; eval 'for j in 1; do exit 3; done' ); done
for i in 1; do x=$( trap 'break; echo z' EXIT; exit 3 ); echo "$x"; done
x=$( trap 'break; echo z' EXIT; for j in 1; do exit 3; done ); echo "$x"
for t in 'exit 3' 'set -e; false' 'readonly r; r=1' 'eval "exit 4"' ': $((1/0))' '(exit 5)'; do /bin/bash -c "trap 'break; echo c' EXIT; for i in 1; do $t; done"; done
/bin/bash -c 'trap "break; echo c" EXIT; for i in 1; do echo $((1/0)); done
echo d; break; echo no'
