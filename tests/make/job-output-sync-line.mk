# SPDX-License-Identifier: GPL-2.0-only
# args: -j2 -Oline
all: a b
a:
	@echo a1; until test -e b.done; do sleep 0.02; done; echo a2
	@echo a3
b:
	@echo b1
	@echo b2
	@touch b.done
