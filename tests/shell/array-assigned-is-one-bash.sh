# shells: bash
try() { (eval "$1") 2>&1 | sed 's/.*line [0-9]*: //'; }
try 'r=(${#r[-]}); echo not reached'
try 'r=([${#r[-1]}]=4); echo not reached'
try 'r+=(${#r[-1]}); echo not reached'
try 'r=("$(declare -p r)"); declare -p r'
try 'r=5; r=(${r[-1]} ${#r[@]} x); declare -p r'
try 'declare -a r; echo ${#r[-1]} ${#r[-]}'
try 'r=(); echo ${#r[-1]}; echo not reached'
try 'export r=5; r=($(env | grep ^r=)); declare -p r'
