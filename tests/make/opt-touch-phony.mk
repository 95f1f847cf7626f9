# SPDX-License-Identifier: GPL-2.0-only
# args: -t all r
.PHONY: p
all: p q
p: ; echo p
q:
r:
	echo r
