# SPDX-License-Identifier: GPL-2.0-only
a: a b ; @echo a $^
b: ; @echo b
