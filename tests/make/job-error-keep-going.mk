# SPDX-License-Identifier: GPL-2.0-only
# args: -k
all: a b c ; @echo all
a: ; @false
b: x ; @echo b
x: ; @exit 2
c: ; @echo c
