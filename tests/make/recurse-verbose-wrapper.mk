# SPDX-License-Identifier: GPL-2.0-only
# a function around make with descriptors 8 and 9, as trees do that hide what builds say
quiet = run() { >/dev/null 2>&1 $(MAKE) -s "$$@" < /dev/null || { echo "goal $$* failed"; false; } } 8>&1 9>&2; run
all:
	export MAKEFLAGS= ;$(quiet) -f Makefile good A="1 2"
	-export MAKEFLAGS= ;$(quiet) -f Makefile bad
	@$(quiet) good && echo then
	-@$(quiet) deep
good: ; @echo hidden; echo shown $(A) $(MAKELEVEL) >&8; echo error >&9; cat
bad: ; @echo hidden; echo shown >&8; false
deep: ; @$(quiet) bad; echo after >&9
