# SPDX-License-Identifier: GPL-2.0-only
include gen.mk
all: ; @echo all $(MAKE_RESTARTS)
gen.mk: FORCE ; @echo checked
FORCE:
$(shell touch gen.mk)
