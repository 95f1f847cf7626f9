# SPDX-License-Identifier: GPL-2.0-only
# args: -j2 -O -w
all: a b
a: ; @echo a1; until test -e b.done; do sleep 0.02; done; echo a2
b: ; @echo b1; touch b.done
