# SPDX-License-Identifier: GPL-2.0-only
$(info before)
$(nope) = 1
all:;@:
