# SPDX-License-Identifier: GPL-2.0-only
# args: -j2 -k
all: a b c ; @echo all
a: ; @sleep 0.1; false
b: ; @sleep 0.3; echo b
c: b ; @echo c
