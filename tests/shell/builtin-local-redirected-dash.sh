# shells: dash
# What the redirections and assignments of a command expand may have locals, what stands alone may not.
read -r a <<X
$(local x=1; echo $x)
X
echo "$a"
echo foo >foo
read -r a <"$(local x=foo; echo $x)"; echo "$a"
a=$(local x=5; echo $x) true; echo $?
a=$(local x=5; echo $x); echo "$a $?"
: <"$(local x=foo; echo $x)"
echo no
