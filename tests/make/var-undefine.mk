# SPDX-License-Identifier: GPL-2.0-only
A = 1
undefine A
$(info [$(A)] $(flavor A) $(origin A))
B = A C
C = 2
undefine $(lastword $(B))
$(info [$(C)])
A ?= again
$(info $(A))
all:;@:
