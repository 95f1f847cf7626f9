# shells: bash
# ladder: what a signal ended is told as its command's text, in a pipeline with all stages, of SIGTERM
# no more than that; within $(..) nothing is.
exec 2>err
k() { sh -c "kill -$1 \$\$"; }
sh -c 'kill -9 $$' a"b" >/dev/null
x=1 sh -c 'kill -SEGV $$' || :
command sh -c 'kill -TERM $$'
( sh -c 'kill -9 $$' )
( : ; sh -c 'kill -9 $$'; : )
( exec sh -c 'kill -9 $$' )
x=$(sh -c 'kill -9 $$'; k 9; :)
x=$( ( k 9; : ) )
x=$(true | sh -c 'kill -9 $$')
cat /dev/null | sh -c 'kill -9 $$'
sh -c 'kill -9 $$' | cat
sh -c 'exit 3; :' | true | (exit 5) | sh -c 'kill -9 $$'
sh -c 'kill -9 $$' | sh -c 'kill -9 $$'
sh -c 'kill -9 $$' | sh -c 'kill -TERM $$'
true | ( sh -c 'kill -9 $$' )
true | { k 9; }
k 9 | sh -c 'kill -9 $$'
true | k PIPE
exec 2>&1
sed 's/[0-9][0-9][0-9][0-9]*/N/g' err
rm err
