# SPDX-License-Identifier: GPL-2.0-only
define A
a \
   b
c \\
d
	t1 \
	t2
endef
$(info [$(value A)])
all:;@:
