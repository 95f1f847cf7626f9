# SPDX-License-Identifier: GPL-2.0-only
C = c
A$(subst a,=,C) = 1
B$(C:c=d) := 2
$(info [$(AC)] [$(Bd)])
all:;@:
