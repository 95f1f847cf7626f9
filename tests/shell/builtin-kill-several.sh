# shells: bash dash
trap 'echo caught $?' USR1
kill -USR1 $$ $$; echo $?
kill -USR1 $$ 99999999 $$; echo $?
kill -USR1 $$ %1; echo $?
kill -USR1 $$ word; echo $?
kill %1; echo $?
trap 'echo leaves; exit 3' USR1
kill -USR1 $$ 99999999 $$
echo never
