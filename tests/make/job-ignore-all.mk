# SPDX-License-Identifier: GPL-2.0-only
.IGNORE:
all: a b
a: ; false
b: ; false
