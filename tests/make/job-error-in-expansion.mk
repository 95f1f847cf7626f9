# SPDX-License-Identifier: GPL-2.0-only
all:
	@echo one
	$(error stop here)
