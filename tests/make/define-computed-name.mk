# SPDX-License-Identifier: GPL-2.0-only
N = foo
define $(N)-x
y
endef
$(info $(foo-x))
all:;@:
