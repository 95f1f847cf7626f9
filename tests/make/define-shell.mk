# SPDX-License-Identifier: GPL-2.0-only
define A !=
echo a
echo b
endef
$(info [$(A)])
all:;@:
