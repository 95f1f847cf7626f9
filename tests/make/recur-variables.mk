# SPDX-License-Identifier: GPL-2.0-only
# args: X=1
export E = exported
N = not
ifeq ($(MAKELEVEL),0)
all: ; @$(MAKE) --no-print-directory sub
else
sub: ; @echo $(E) $(origin E) $(X) $(origin X) $(MAKELEVEL)
endif
