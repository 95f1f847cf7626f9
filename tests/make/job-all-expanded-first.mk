# SPDX-License-Identifier: GPL-2.0-only
all:
	@echo one
	$(info expanded)
	@touch made; echo $(wildcard made)
	@echo $(shell ls made 2>/dev/null)
