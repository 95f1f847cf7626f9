# SPDX-License-Identifier: GPL-2.0-only
$(shell printf 'A = x\000y\nB = 2\n' > inc.mk)
include inc.mk
$(info [$(A)] [$(B)])
all:;@:
