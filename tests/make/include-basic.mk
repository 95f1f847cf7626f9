# SPDX-License-Identifier: GPL-2.0-only
$(shell echo 'A = included' > inc.mk; echo 'B = 2' > inc2.mk)
F = inc2.mk
include inc.mk $(F)
include
include $(nope)
$(info $(A) $(B))
all:;@:
