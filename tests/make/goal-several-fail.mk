# SPDX-License-Identifier: GPL-2.0-only
# args: a b
a: ; @echo a; false
b: ; @echo b
