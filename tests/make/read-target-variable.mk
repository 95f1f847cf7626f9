# SPDX-License-Identifier: GPL-2.0-only
A = global
all: A = local
all: B := $(A)
all: C += c
all: b; @echo $(A) $(B) $(C)
b:; @echo $(A) $(B) $(C)
