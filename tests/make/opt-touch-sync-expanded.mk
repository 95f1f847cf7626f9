# args: -t -Oline -j2
# A recipe that is nothing but an expansion: the first word about touching goes where that said something.
all:
	:
	+$(info expanded)
