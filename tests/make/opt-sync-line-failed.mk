# SPDX-License-Identifier: GPL-2.0-only
# args: -w -j2 -Oline
# What is said of a line that failed goes out with what the line said.
all: ; -@echo a; exit 3
	@echo b
	@echo c; exit 2
