# SPDX-License-Identifier: GPL-2.0-only
# args: -s
all:
	-false
	@echo next
