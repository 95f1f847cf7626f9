# SPDX-License-Identifier: GPL-2.0-only
# a line without + or $(MAKE) does not pass the jobserver on
# args: -j2
own = $(MAKE)
ifeq ($(MAKELEVEL),0)
all: ; @$(own) --no-print-directory sub
	+@$(own) --no-print-directory sub
	@$(MAKE) --no-print-directory sub
else
sub: ; @echo $(filter -j%,$(MAKEFLAGS))
ifndef INNER
X := $(shell $(MAKE) --no-print-directory -s inner INNER=1)
$(info $(X))
endif
inner: ; @echo inner
endif
