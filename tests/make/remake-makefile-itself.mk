# SPDX-License-Identifier: GPL-2.0-only
all: ; @echo all $(MAKE_RESTARTS)
Makefile: dep ; @echo remake $@; touch $@
dep: ; @touch -d @100 dep
ifeq ($(MAKE_RESTARTS),)
$(shell touch -d @50 Makefile; touch -d @80 dep)
endif
