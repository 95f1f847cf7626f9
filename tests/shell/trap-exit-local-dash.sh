# shells: dash
# The EXIT trap of a shell that ends within a function, or by a redirection, may have locals.
( trap 'local q=1; echo "q $q"; x=$(local r=2; echo "$q $r"); echo "$x"; (local z=3; echo $z)' EXIT
f() { local v=5; printf '' $((1 1)); }
f )
( trap 'echo "$x"; x=$(local r=2; echo $r); echo "$x"' EXIT
f() { local x=5; exit 3; }
f )
( trap 'local q=1; echo "q $q"' EXIT; echo x > $((1 1)) )
( trap 'local q=1; echo "q $q"' EXIT; shift 9 )
