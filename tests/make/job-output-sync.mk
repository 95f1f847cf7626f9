# SPDX-License-Identifier: GPL-2.0-only
# args: -j2 -O
all: a b
a:
	@echo a1
	@echo a2 >&2
	@until test -e b.done; do sleep 0.02; done; sleep 0.5; echo a3
b:
	@echo b1
	@echo b2; touch b.done
