# SPDX-License-Identifier: GPL-2.0-only
all:
	@echo silent
	echo loud
	-@false
	@-exit 3
	-exit 4
	+@echo plus
	  @ - + echo spaced
	@@--echo doubled
