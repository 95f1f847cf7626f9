# SPDX-License-Identifier: GPL-2.0-only
# A script that a recipe has just written into a folder on PATH stands before programs of its name further on.
export PATH := $(CURDIR)/first:$(PATH)
all:
	@mkdir first; printf '#!/bin/sh\necho own perl\n' >first/perl; chmod +x first/perl; perl -e 'print "real\n"'
	@printf '#!/bin/sh\necho own tac\n' >first/tac; chmod +x first/tac; echo real | tac
	@rm first/perl; printf '#!/bin/sh\necho own sort\n' >first/x; chmod 755 first/x; mv first/x first/sort; sort </dev/null
