# SPDX-License-Identifier: GPL-2.0-only
# args: -j2
all: a b
a:
	@sleep 0.1; echo a1
	@sleep 0.4; echo a2
b:
	@sleep 0.3; echo b1
	@sleep 0.4; echo b2
