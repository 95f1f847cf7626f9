# SPDX-License-Identifier: GPL-2.0-only
strip = var
$(info [$(strip)] [$(strip,a b)] [$(strip	 a  b )] [$(Strip a  b)])
all:;@:
