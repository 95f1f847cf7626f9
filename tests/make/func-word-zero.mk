# SPDX-License-Identifier: GPL-2.0-only
$(info [$(word 0,a b c)])
all:;@:
