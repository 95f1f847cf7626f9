# SPDX-License-Identifier: GPL-2.0-only
$(info before)
A = $(B
$(info $(A))
all:;@:
