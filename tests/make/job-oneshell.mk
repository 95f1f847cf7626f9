# SPDX-License-Identifier: GPL-2.0-only
.ONESHELL:
all:
	@a=1
	-b=2
	@echo $$a $$b
	  +echo x
