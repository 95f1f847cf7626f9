# White space in front of a stem is no part of the prerequisite.
one\ two: ; @echo "[$@]"
all: a\ b ; @echo "[$<]"
a%: %.q ; @echo "[$@]" "[$<]"
b.q: ; @echo "[$@]"
.DEFAULT_GOAL := all
