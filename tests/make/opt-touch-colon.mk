# args: -t
# A last line that is nothing but ":" counts as left out: touched twice.
all:
	echo
	+:
