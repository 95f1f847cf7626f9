# SPDX-License-Identifier: GPL-2.0-only
all:
	@printf 'x: ; @echo x $$(MAKELEVEL) $$(MAKEFILE_LIST)\n' | $(MAKE) -f - x | sed 's,/tmp/Gm[^ ]*,TMP,'
	@$(MAKE) --no-print-directory -f - y < Makefile
	@printf 'include made.mk\nz: ; @echo $$(M)\nmade.mk: ; @echo M = 2 > made.mk\n' | $(MAKE) -s -f - z
y: ; @echo y
