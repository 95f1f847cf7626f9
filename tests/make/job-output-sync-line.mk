# SPDX-License-Identifier: GPL-2.0-only
# args: -j2 -Oline
all: a b
a:
	@echo a1; sleep 0.3
	@echo a2
b:
	@sleep 0.15; echo b1
	@sleep 0.3; echo b2
