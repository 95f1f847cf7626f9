# SPDX-License-Identifier: GPL-2.0-only
$(info [$(word ,a b c)])
all:;@:
