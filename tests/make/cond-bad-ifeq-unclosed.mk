# SPDX-License-Identifier: GPL-2.0-only
ifeq (a,b
endif
all:;@:
