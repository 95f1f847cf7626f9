# shells: bash
# late: what is wrong in backquotes is told when they would run, and the rest goes on
t='echo `(`; echo b $?'; eval "$t"
eval 'x=`;`; echo $?; echo `echo 1
fi` `{` "`for`"'
eval 'echo `echo \`)\` z` $(echo `)` b)'
set -e; eval 'echo `)`'; eval 'x=`)`'; echo never
