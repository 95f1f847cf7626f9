# An output that was opened for reading.
echo one >f
exec 3<f
for t in 'expr 1 + 1' 'ls f' 'env -i A=1' 'sed p f' 'sort f' 'seq 2'; do $t >&3; echo "$t $?"; done
{ ls f; echo $? >&2; } 1<f
