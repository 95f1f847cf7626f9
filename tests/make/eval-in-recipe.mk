# SPDX-License-Identifier: GPL-2.0-only
all:
	$(eval X := 1)
	@echo [$(X)]
