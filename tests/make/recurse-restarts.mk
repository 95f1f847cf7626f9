# SPDX-License-Identifier: GPL-2.0-only
# a makefile that is remade in the sub-make; MAKE_RESTARTS counts there
ifeq ($(MAKELEVEL),0)
all:
	@$(MAKE) sub
	@$(MAKE) -s again
	@rm made.mk; $(MAKE) --no-print-directory sub X='a b'
else
sub again: ; @echo $@ $(MADE) [$(MAKE_RESTARTS)] '$(X)'
include made.mk
made.mk: ; echo 'MADE = 1' > $@
endif
