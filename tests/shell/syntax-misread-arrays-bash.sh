# shells: bash
# late: behind a half text: no array in a command that begins with an assignment or declares; traps begin anew
for line in 'r+=()
{ echo a; }' 'r[-1]+=3 r=(1 a)' 'a=3 r=(1)' 'a=3 b=4; r=(1)
echo $a$b$r' 'export r=(1)' 'a=3 declare r=(1)' 'r[1]=3
echo ${r[*]}' 'r+=()
break'; do
	$BASH -c "eval '\"'
$line"; echo "$?"
done
$BASH -c "trap '{ echo t; }' EXIT; eval '\"'"
trap '{ echo int; }' INT; eval '"'; kill -INT $$; eval '{ echo e; }'
