# shells: bash
# a file that PATH finds is named as PATH has it
mkdir folder
echo 'echo "$BASH_SOURCE"; nope; f() { echo "${BASH_SOURCE[0]}"; }' >folder/named
PATH=folder:$PATH
. named
f
PATH=folder/:$PATH
. named
cd folder
PATH=$PATH:
. named
PATH=.
. named
PATH=/nope
. named
