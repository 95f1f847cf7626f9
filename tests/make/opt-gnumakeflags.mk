# SPDX-License-Identifier: GPL-2.0-only
ifeq ($(MAKELEVEL),0)
all: ; @GNUMAKEFLAGS='-k -s' $(MAKE) --no-print-directory
else
$(info [$(GNUMAKEFLAGS)] [$(MAKEFLAGS)])
all: ; echo '[$(GNUMAKEFLAGS)]' "[$$GNUMAKEFLAGS] [$$MAKEFLAGS]"
endif
