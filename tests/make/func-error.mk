# SPDX-License-Identifier: GPL-2.0-only
$(info before)
$(error stop here)
all:;@:
