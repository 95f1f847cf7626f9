# SPDX-License-Identifier: GPL-2.0-only
$(info before)
foo bar
all:;@:
