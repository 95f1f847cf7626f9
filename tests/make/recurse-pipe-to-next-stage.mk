# SPDX-License-Identifier: GPL-2.0-only
ifeq ($(MAKELEVEL),0)
all:
	@$(MAKE) sub | cat -n
	@$(MAKE) -s sub | tee log | tr a-z A-Z; cat log
	@$(MAKE) -s fail 2>/dev/null | cat; echo $$?
	@$(MAKE) -s ten | head -n 2
	@echo 5 | $(MAKE) -s in | $(MAKE) -s in | cat
	@$(MAKE) -s sub | while read x; do echo "<$$x>"; done
else
sub: ; @echo one; echo two; echo three
fail: ; @echo fails; exit 3
ten: ; @printf '%s\n' 1 2 3 4 5 6 7 8 9 10
in: ; @read x; echo $$x and more
endif
