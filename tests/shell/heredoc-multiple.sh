cat <<A; cat <<B
in a
A
in b
B
cat <<A - <<B
ignored
A
second
B
while read l; do echo "[$l]"; done <<E
1
2
E
