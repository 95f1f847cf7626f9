# SPDX-License-Identifier: GPL-2.0-only
all:
ifeq ($(.DEFAULT_GOAL),all)
$(info known)
endif
	@echo all
