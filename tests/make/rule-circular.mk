# SPDX-License-Identifier: GPL-2.0-only
a: b ; @echo a
b: c ; @echo b
c: a ; @echo c
