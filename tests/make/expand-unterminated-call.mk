# SPDX-License-Identifier: GPL-2.0-only
$(info before)
A = $(subst a,b
$(info $(A))
all:;@:
