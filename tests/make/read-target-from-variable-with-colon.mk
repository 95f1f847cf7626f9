# SPDX-License-Identifier: GPL-2.0-only
R = all: a
$(R)
	@echo $@ $^
a:;@echo a
