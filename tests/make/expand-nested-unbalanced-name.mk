# SPDX-License-Identifier: GPL-2.0-only
A = 1
$(info [$($(A)])
all:;@:
