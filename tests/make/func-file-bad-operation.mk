# SPDX-License-Identifier: GPL-2.0-only
$(file out,x)
all:;@:
