# SPDX-License-Identifier: GPL-2.0-only
all:
	@echo a\
	b 'c\
	d' "e\
	f"
	echo one \
	two
