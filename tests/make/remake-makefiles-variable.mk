# SPDX-License-Identifier: GPL-2.0-only
ifeq ($(MAKELEVEL),0)
all: ; @echo 'm: ; @echo from m' > m.mk; MAKEFILES='m.mk none.mk' $(MAKE) --no-print-directory
else
rest: ; @echo rest $(MAKEFILE_LIST)
endif
