# SPDX-License-Identifier: GPL-2.0-only
# args: -j2 -O -w
# c can start only when all of b has been said, so a ends last on any machine.
all: a c
a: ; @echo a1; until test -e c.done; do sleep 0.02; done; echo a2
b: ; @echo b1
c: b ; @touch c.done
