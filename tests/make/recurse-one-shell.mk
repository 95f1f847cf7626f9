# SPDX-License-Identifier: GPL-2.0-only
.ONESHELL:
ifeq ($(MAKELEVEL),0)
all:
	x=1
	$(MAKE) -s sub X=$$x
	cd .. && $(MAKE) -C $(CURDIR) --no-print-directory sub X=$$x
	$(MAKE) -s fail
	echo after $$?
else
sub:
	@y=$(X)
	echo sub $$y
fail: ; @exit 6
endif
