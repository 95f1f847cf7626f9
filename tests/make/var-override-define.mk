# SPDX-License-Identifier: GPL-2.0-only
# args: A=cmd B=cmd
override define A
line1
line2
endef
define B
file
endef
$(info $(A)|$(B)|$(origin A)|$(origin B))
all:;@:
