# shells: bash dash
# ladder
tr -dc a-f </dev/urandom | head -c 5 | wc -c
cat /dev/urandom | tr -dc a-f | fold -w 4 | head -n 1 | wc -c
head -c 5 /dev/urandom | wc -c
