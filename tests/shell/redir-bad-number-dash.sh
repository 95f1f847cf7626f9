# shells: dash
/bin/dash -c 'echo a

x=$(echo a >&o1); (echo b >&o1); echo c >&o2 | cat
echo d >&o3'
