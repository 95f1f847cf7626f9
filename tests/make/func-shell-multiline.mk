# SPDX-License-Identifier: GPL-2.0-only
define S
echo a
echo b
endef
$(info [$(shell $(S))])
all:;@:
