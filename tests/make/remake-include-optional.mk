# SPDX-License-Identifier: GPL-2.0-only
-include none.mk gen.mk
all: ; @echo '$(X)' restarts $(MAKE_RESTARTS)
gen.mk: ; @echo making $@; echo 'X = generated' > $@
