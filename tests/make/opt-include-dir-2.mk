# SPDX-License-Identifier: GPL-2.0-only
ifeq ($(MAKELEVEL),0)
all: ; @mkdir -p inc; echo 'X = found' > inc/x.mk; $(MAKE) --no-print-directory -I inc
else
include x.mk
all: ; @echo $(X) $(firstword $(.INCLUDE_DIRS)) "$(MAKEFLAGS)"
endif
