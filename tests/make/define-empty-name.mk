# SPDX-License-Identifier: GPL-2.0-only
define
x
endef
all:;@:
