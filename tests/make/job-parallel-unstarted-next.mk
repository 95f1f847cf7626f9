# args: -j4 all
# The failure of a command that cannot be started is noticed before the next recipe begins.
all: one two
one: ; ./no-such-command
two: ; echo two
