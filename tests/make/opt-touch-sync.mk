# args: -t -Orecurse -j2
# The last line is left out: touching is told before the output of the lines that ran.
all: ; +@echo run
	@echo left out
