# SPDX-License-Identifier: GPL-2.0-only
all:
	@echo a
	@$(error in recipe)echo b
