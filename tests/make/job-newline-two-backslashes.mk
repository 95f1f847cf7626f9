# args: -k
# A backslash before a newline that a second one precedes still hides it, but where make needs no shell.
define nl


endef
define r
a: ; echo a
+echo b \
  c
-false \\
false
endef
$(r)
b: ; $(x)
x = echo $$$$ | wc -l \\$(nl)false $$$$(nl)
c: ; $(y)
y = echo 'a\\$(nl)b' \\$(nl)false
d: ; $(z)
z = echo "a\\$(nl)b" \\$(nl)false
all: a b c d
.DEFAULT_GOAL = all
