# args: -j8 -t -Orecurse -n
# What is touched behind a line that is only shown is told where that is.
all:
	+echo $@
	@false
	+:
	-false
