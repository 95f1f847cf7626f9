# SPDX-License-Identifier: GPL-2.0-only
A := 1
A := $(A) 2
$(info $(A))
all:;@:
