x=$(printf 'a\0b\0\n'); echo "$x" ${#x}
