# shells: bash dash
# ladder
name=/dev/urandom
cat $name | head -c 5 | wc -c
od -An -N4 -tx4 /dev/urandom | wc -c
head -c 5 /dev/urandom | wc -c
