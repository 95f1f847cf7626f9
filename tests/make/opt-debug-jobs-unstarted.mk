# SPDX-License-Identifier: GPL-2.0-only
# Where a command is not there, the next line begins in the same wait: no goal is considered meanwhile.
ifeq ($(MAKELEVEL),0)
# The version is not the same.
all: ; @$(MAKE) -j8 -i -r --no-print-directory --debug=v 2>&1 | sed '1,/WARRANTY/d'
else
all: second
first:
	./not-there
	:
second: first
	:
	./not-there
	:
	./not-there
endif
