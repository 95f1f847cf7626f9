# SPDX-License-Identifier: GPL-2.0-only
define A
define B
x
endef
