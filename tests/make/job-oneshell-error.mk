# SPDX-License-Identifier: GPL-2.0-only
.ONESHELL:
all:
	false
	@echo went on
	exit 3
