# shells: bash
# of standard input, with no command: a process of its own
r=($(false)) <"$0" || echo no
x=$(false) >out || echo yes
(set -u; < $unset; echo $?)
(set -u; > $unset; echo no)
