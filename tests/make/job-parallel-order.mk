# SPDX-License-Identifier: GPL-2.0-only
# args: -j4
all: a b c ; @echo all
a: ; @sleep 0.3; echo a
b: ; @sleep 0.1; echo b
c: ; @sleep 0.4; echo c
