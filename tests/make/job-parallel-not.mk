# SPDX-License-Identifier: GPL-2.0-only
# args: -j4
.NOTPARALLEL:
all: a b c ; @echo all
a: ; @sleep 0.2; echo a
b: ; @echo b
c: ; @echo c
