# SPDX-License-Identifier: GPL-2.0-only
# args: X=top
export E ?= 0
all: ; $(MAKE) E=$(E)1 L$(MAKELEVEL)
L0: ; $(MAKE) Y="of $(X)" L1 E=$(E)2; echo $(MAKELEVEL) $(E) $(origin E) '$(MAKEFLAGS)'
L1: ; @$(MAKE) -C . --no-print-directory L2; echo $(MAKELEVEL) $(E) '$(Y)'
L2: ; @echo $(MAKELEVEL) $(E) '$(Y)' $(X) '$(MAKEFLAGS)' "$$MAKELEVEL"
