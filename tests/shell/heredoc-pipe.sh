cat <<EOF | sed 's/^/> /' && echo done
a
b
EOF
f() { cat; }; f <<E
to function
E
if true; then cat <<E
in if
E
fi
{ read a; read b; echo "$b $a"; } <<E
l1
l2
E
