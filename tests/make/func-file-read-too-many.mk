# SPDX-License-Identifier: GPL-2.0-only
$(file <x,y)
all:;@:
