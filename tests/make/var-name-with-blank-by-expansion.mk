# SPDX-License-Identifier: GPL-2.0-only
S := $(subst ,, )
a$(S)b = 1
$(info [$(a b)])
all:;@:
