# SPDX-License-Identifier: GPL-2.0-only
A = 1
all:
	@echo start
ifdef A
	@echo A
else
	@echo no A
endif
	@echo end
