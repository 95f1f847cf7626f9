# args: -j4 all
all: one
one:
	-./no-such-command
	@echo more
	-@./no-such-command either
