# shells: bash
# Whether an EXIT trap may break a loop: exit and set -e leave the shell in it.
for i in 1; do ( trap 'break; echo x' EXIT; exit 3 ); ( trap 'break; echo x' EXIT; for j in 1; do exit 3; done ); x=$( trap 'break; echo x' EXIT; for j in 1; do exit 3; done ); echo $x; ( trap 'break; echo x' EXIT; false ); done
trap 'break; echo x' EXIT
for i in 1; do exit 3; done
