# SPDX-License-Identifier: GPL-2.0-only
all:
	@echo one
	@echo two; \
	 echo three
	@exit 7
	@echo never
