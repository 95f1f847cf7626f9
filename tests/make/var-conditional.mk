# SPDX-License-Identifier: GPL-2.0-only
A ?= 1
A ?= 2
B :=
B ?= 3
$(info $(A) $(flavor A) [$(B)])
C ?= $(D)
D = late
$(info $(C))
all:;@:
