# SPDX-License-Identifier: GPL-2.0-only
$(info [$(word -1,a b c)])
all:;@:
