# SPDX-License-Identifier: GPL-2.0-only
all:
	$(eval b: ; @echo b)
	@echo a
