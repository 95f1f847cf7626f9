# SPDX-License-Identifier: GPL-2.0-only
$(info [$(firstword a b)] [$(firstword  )] [$(lastword a b )] [$(lastword )] [$(lastword x)])
all:;@:
