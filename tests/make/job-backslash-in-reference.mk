# SPDX-License-Identifier: GPL-2.0-only
F = [$1]
all:
	@echo $(call F,a \
		b) c \
		d
