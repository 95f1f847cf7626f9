# SPDX-License-Identifier: GPL-2.0-only
A = $(B)
B = 1
$(info $(A))
B = 2
$(info $(A))
C := $(B)
B = 3
$(info $(C))
all:;@:
