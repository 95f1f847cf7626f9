# SPDX-License-Identifier: GPL-2.0-only
all:
	@echo a

# comment
	@echo b
   
	# shell comment
	@echo c
