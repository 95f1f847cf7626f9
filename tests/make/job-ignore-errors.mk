# SPDX-License-Identifier: GPL-2.0-only
# args: -i
all:
	false
	@echo next
