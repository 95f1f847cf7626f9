# SPDX-License-Identifier: GPL-2.0-only
ifeq ($(MAKELEVEL),0)
X := $(shell MAKELEVEL=3 $(MAKE) --no-print-directory -s sub)
all: ; @echo '$(X)'
else
sub: ; @echo sub $(MAKELEVEL)
endif
