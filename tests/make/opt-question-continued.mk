# args: -q
# A line of a continuation and blanks is no reason to remake.
all: ; \
 $(nothing)
	$(nothing)
