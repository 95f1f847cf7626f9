# SPDX-License-Identifier: GPL-2.0-only
$(info before)
A = ${subst a,b,$(c)
$(info $(A))
all:;@:
