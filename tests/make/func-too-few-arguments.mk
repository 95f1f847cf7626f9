# SPDX-License-Identifier: GPL-2.0-only
A = $(filter a)
$(info $(A))
all:;@:
