# SPDX-License-Identifier: GPL-2.0-only
a: ; echo one
a: ; echo two
a: b
b: ; echo b
