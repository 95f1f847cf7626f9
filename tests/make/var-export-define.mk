# SPDX-License-Identifier: GPL-2.0-only
define A
two
lines
endef
export A
all:;@echo "$$A"
