# SPDX-License-Identifier: GPL-2.0-only
$(nope): a
	@echo never
: b
	@echo never
all:;@echo all
