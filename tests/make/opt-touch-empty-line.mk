# SPDX-License-Identifier: GPL-2.0-only
# args: -t
# A last line with nothing but prefixes is one that was left out: the target is touched twice.
all: a b c d
a:
	+echo a
	@
b:
	+echo b
	$(empty)
c:
	-
	+@echo c
d:
	@echo d
	+@$()
