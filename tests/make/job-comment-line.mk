# SPDX-License-Identifier: GPL-2.0-only
all:
	# a comment
	@# silent comment
	@echo x # tail
