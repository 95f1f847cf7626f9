# SPDX-License-Identifier: GPL-2.0-only
# args: -j2 -O
all: a b
a:
	@echo a1; sleep 0.3
	@echo a2 >&2; sleep 0.3
	@echo a3
b:
	@sleep 0.1; echo b1
	@sleep 0.1; echo b2
