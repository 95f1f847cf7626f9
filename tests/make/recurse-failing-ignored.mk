# SPDX-License-Identifier: GPL-2.0-only
# args: -i
all: ; $(MAKE) sub; echo $$?
	$(MAKE) bad
	-$(MAKE) -k bad
sub bad: ; exit 9
	@echo after
