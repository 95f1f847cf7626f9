# SPDX-License-Identifier: GPL-2.0-only
$(shell echo 'A = 1' > inc.mk)
all:
	@echo a
include inc.mk
	@echo b
