# SPDX-License-Identifier: GPL-2.0-only
# args: -j2
N ?= 0
all: a b
a: ; +@$(if $(filter 10,$(N)),echo bottom $(MAKELEVEL),$(MAKE) --no-print-directory N=$(shell expr $(N) + 1) a b)
b: a ; @echo $(N)
