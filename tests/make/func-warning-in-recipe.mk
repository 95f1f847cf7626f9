# SPDX-License-Identifier: GPL-2.0-only
all:
	@echo a
	@$(warning in recipe)echo b
