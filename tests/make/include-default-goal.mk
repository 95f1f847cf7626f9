# SPDX-License-Identifier: GPL-2.0-only
$(shell echo 'inc:;@echo inc' > inc.mk)
include inc.mk
all:;@echo all
