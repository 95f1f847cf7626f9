# SPDX-License-Identifier: GPL-2.0-only
# args: -j2
all: a b ; @echo all
a: ; @sleep 0.2; false
b: ; @sleep 0.5; echo b; sleep 0.1; echo b2
