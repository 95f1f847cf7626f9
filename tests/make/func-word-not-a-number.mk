# SPDX-License-Identifier: GPL-2.0-only
$(info [$(word x1,a b c)])
all:;@:
