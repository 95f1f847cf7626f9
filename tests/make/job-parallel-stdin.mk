# SPDX-License-Identifier: GPL-2.0-only
# args: -j2
all: a b
a: ; @until test -e b.done; do sleep 0.02; done; echo a
b: ; @cat; echo b; touch b.done
