# SPDX-License-Identifier: GPL-2.0-only
A = $(B)
B = x $(A)
$(info before)
$(info $(A))
all:;@:
