# SPDX-License-Identifier: GPL-2.0-only
$(info before)
include nope.mk
$(info after)
all:;@:
