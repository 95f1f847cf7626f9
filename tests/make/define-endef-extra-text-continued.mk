# SPDX-License-Identifier: GPL-2.0-only
define A
x
endef junk \

all:;@:
