# SPDX-License-Identifier: GPL-2.0-only
# args: -j2
all: a b
a: ; @sleep 0.2; echo a
b: ; @sleep 0.1; cat; echo b
