# SPDX-License-Identifier: GPL-2.0-only
# env: MAKEFILES= E=outside
export F = file
unexport G
G = not
T: export H = of the target
T: K = not exported
T:
	@$(MAKE) --no-print-directory show
	@E=changed $(MAKE) -s show
	@unset E; $(MAKE) -s show
	@env -u F E=env $(MAKE) -s show
	@$(MAKE) -s -e show F=line
	@MAKELEVEL=7 $(MAKE) -s show
	@MAKEFLAGS= $(MAKE) -s show
	@MAKEFLAGS=k $(MAKE) show
	@export MAKEFLAGS='-- Z=1'; $(MAKE) -s show
ifneq ($(MAKELEVEL),0)
show: ; @echo "$(E) $(origin E),$(F) $(origin F),$(G),$(H),$(K),$(Z) $(origin Z)" '$(MAKEFLAGS)' $(MAKELEVEL) $$MAKELEVEL
endif
