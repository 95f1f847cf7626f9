# SPDX-License-Identifier: GPL-2.0-only
.PHONY: all
all:
