# SPDX-License-Identifier: GPL-2.0-only
a: export undefine x
all:;@:
