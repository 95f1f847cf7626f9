# SPDX-License-Identifier: GPL-2.0-only
A = global
%.x: A = pattern
b%.x: A += more
all: a.x b.x c
a.x b.x c:; @echo $@ $(A)
