# SPDX-License-Identifier: GPL-2.0-only
.IGNORE: a
all: a b
a: ; false
b: ; false
