# SPDX-License-Identifier: GPL-2.0-only
$(info [$(call nope)] [$(call nope,a)] [$(call)] [$(call ,x)])
all:;@:
