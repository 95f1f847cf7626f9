# SPDX-License-Identifier: GPL-2.0-only
B = 1
%.x: A := $(B)
B = 2
all: a.x
a.x:; @echo $(A)
