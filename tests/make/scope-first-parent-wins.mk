# SPDX-License-Identifier: GPL-2.0-only
all: p q
p: V = p
q: V = q
p q: c ; @echo $@ $(V)
c: ; @echo c $(V)
