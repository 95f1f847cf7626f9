# SPDX-License-Identifier: GPL-2.0-only
A =
B = 1
C = $(A)
ifdef A
$(info A)
endif
ifdef B
$(info B)
endif
ifdef C
$(info C)
endif
ifndef nope
$(info nope)
endif
N = B
ifdef $(N)
$(info computed)
endif
ifdef 
$(info empty)
else
$(info not empty)
endif
all:;@:
