# SPDX-License-Identifier: GPL-2.0-only
ifeq ($(MAKELEVEL),0)
all: ; @$(MAKE) --no-print-directory -k X='a b$$$$c' Y=1 sub
else
sub: ; @echo '$(MAKELEVEL) [$(MAKEFLAGS)] [$(X)] [$(origin X)]'; test $(MAKELEVEL) = 3 || $(MAKE) Y=$(Y)1 $@
endif
