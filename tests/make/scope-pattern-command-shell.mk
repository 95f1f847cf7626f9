# args: FOO=uname
# != for a pattern runs the command line's value.
a%: FOO != echo f2
all: ; @echo "$(FOO) $(origin FOO)"
