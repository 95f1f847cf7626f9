# args: -Oline -w -j3
# An ignored line whose command is nowhere: its words are written before the next line begins.
all:
	-no-such-command
	echo a;
