# SPDX-License-Identifier: GPL-2.0-only
# where output goes, where input comes from
ifeq ($(MAKELEVEL),0)
all:
	@$(MAKE) sub > log; echo ==; cat log
	@$(MAKE) sub > log 2>&1; echo ==; cat log
	@$(MAKE) sub >> log 2> err; echo ==; cat log err
	@$(MAKE) -s sub 2>&1 > /dev/null | sed 's/^/piped /'
	@echo input | $(MAKE) -s in
	@printf '1\n2\n' > in; { $(MAKE) -s one; cat; } < in
	@$(MAKE) -s in < in
	@$(MAKE) -s sub 3>&1 1>&2 2>&3 3>&- | sed 's/^/swapped /'
	@x=$$($(MAKE) -s sub 2>&1); echo "[$$x]"
	@x=`$(MAKE) -s fail`; echo "$$x $$?"
	@$(MAKE) -s sub >&-; echo closed
else
sub: ; @echo out; echo err >&2
in: ; @cat; echo end
one: ; @read x; echo "one $$x"
fail: ; @echo fails; exit 3
endif
