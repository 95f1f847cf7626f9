# SPDX-License-Identifier: GPL-2.0-only
ifeq ($(MAKELEVEL),0)
all: ; @printf 'all:;@echo stdin $$(words $$(MAKEFILE_LIST))\n-include g.mk\ng.mk:;@echo gen; echo X=1 >g.mk' | $(MAKE) --no-print-directory -f -
endif
