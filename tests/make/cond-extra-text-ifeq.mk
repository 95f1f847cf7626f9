# SPDX-License-Identifier: GPL-2.0-only
ifeq (a,a) junk
$(info after)
endif
all:;@:
