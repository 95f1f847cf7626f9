# What .EXTRA_PREREQS says for all is no prerequisite of a target whose own were expanded a second time.
.SECONDEXPANSION:
.EXTRA_PREREQS = extra
all: a b c d:: ; @echo "$@: $^"
a: $$(none)x ; @echo "$@: $^"
b: x ; @echo "$@: $^"
c: .EXTRA_PREREQS = other
c: $$(none)x ; @echo "$@: $^"
d%: x ; @echo "$@: $^"
x extra other: ; @echo "$@"
