# args: -f Makefile
# A symbol in parentheses is one only when they end the name.
-load a(b)
-load a(b)c x/y-z_1.so
.LOADED = a p
load p(q)
$(info $(.LOADED))
load a(
all:;@:
