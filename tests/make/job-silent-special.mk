# SPDX-License-Identifier: GPL-2.0-only
.SILENT: a
all: a b
a: ; echo a
b: ; echo b
