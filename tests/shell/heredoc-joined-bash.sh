# shells: bash
# lines are joined as the body is read, within $( ) as well
cat <<E
a\
b $(echo c \
d; nosuch) \\
E\
E
$(for x in a \
; do builtin nosuch
done)
E
nosuch
f() { cat <<E
a\
b
E
}; type f
echo "${unset[@]:=}"
echo $?
