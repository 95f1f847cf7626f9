# SPDX-License-Identifier: GPL-2.0-only
# args: -j1
N ?= 0
all: ; @$(if $(filter 10,$(N)),echo bottom $(MAKELEVEL),$(MAKE) --no-print-directory N=$(shell expr $(N) + 1); echo $(N))
