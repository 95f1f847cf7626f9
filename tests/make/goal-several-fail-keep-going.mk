# SPDX-License-Identifier: GPL-2.0-only
# args: -k a b c
a: ; @echo a; false
b: ; @echo b; exit 3
c: a ; @echo c
