# SPDX-License-Identifier: GPL-2.0-only
override A = 1
A = 2
A += 3
$(info $(A) $(origin A))
override A += 4
$(info $(A))
all:;@:
