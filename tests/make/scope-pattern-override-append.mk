# args: FOO=C BAR=C
# The command line's value takes the place of what a pattern would add, and the pattern still adds it.
a%: override FOO += f1
a%: FOO += f2
a%: BAR += b1
a%: BAZ := z
all: ; @echo "$(FOO) / $(BAR) / $(origin FOO) $(origin BAR) $(flavor FOO)"
