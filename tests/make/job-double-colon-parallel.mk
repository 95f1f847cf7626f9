# SPDX-License-Identifier: GPL-2.0-only
# args: -j3
all: a b
a:: ; @sleep 0.2; echo one
a:: ; @echo two
b: ; @sleep 0.1; echo b
