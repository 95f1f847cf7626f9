# SPDX-License-Identifier: GPL-2.0-only
$(info [$(word 2,a b c)] [$(word 9,a)] [$(word 1,)] [$(word  2 ,a b)])
all:;@:
