# shells: bash
set -x
r[1]=; r[1]+='a b'; r[n+1]=$'\001'; r+=( x   "y" $'z' [5]='q' ); export e=1 'f=a b'; readonly g; readonly h=$'\t'
: é "'" ''; [[ 3 -eq 3 ]]
