# SPDX-License-Identifier: GPL-2.0-only
A = 1
A += $(A)
$(info before)
$(info $(A))
all:;@:
