# SPDX-License-Identifier: GPL-2.0-only
# a link to this make, a make of another kind, a script called make
ifeq ($(MAKELEVEL),0)
all: scripts
	@PATH=$$PWD/other:$$PATH make sub
	@PATH=$$PWD/other:$$PATH; make sub
	@./other/make sub
	@$(CURDIR)/bin/make --version | sed -n 's/.*GNU Make.*/a make/p'
	@$(MAKE) -s sub
scripts:
	@mkdir bin other; for m in make gmake; do ln -s $$(command -v $(firstword $(MAKE))) bin/$$m; done
	@printf '#!/bin/sh\necho script "$$@"\n' > other/make; chmod +x other/make
else
sub: ; @echo sub $(MAKELEVEL)
endif
