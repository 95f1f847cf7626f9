# SPDX-License-Identifier: GPL-2.0-only
# args: -k
all: a
a:
	@echo one \
	two
	$(warning w)
	$(error stop here)
