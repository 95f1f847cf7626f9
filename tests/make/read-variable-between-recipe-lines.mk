# SPDX-License-Identifier: GPL-2.0-only
all:
	@echo a
A = 1
	@echo b
