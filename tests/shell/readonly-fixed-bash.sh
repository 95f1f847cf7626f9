# shells: bash
# a declaration of what the shell itself made read-only fails, and the line goes on
readonly UID=3
echo $?
export EUID=3 || echo no
readonly a=1 PPID=3 b=2
echo $? $b
