# SPDX-License-Identifier: GPL-2.0-only
n = v
$(info [$(foreach $(n),a b,$(v))] [$(foreach x y,a b,$x)] [$(foreach x ,a b,$x)])
all:;@:
