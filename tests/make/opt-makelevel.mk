# SPDX-License-Identifier: GPL-2.0-only
ifeq ($(MAKELEVEL),2)
all: ; @echo two; false
else
all: ; @$(MAKE) --no-print-directory
endif
