# SPDX-License-Identifier: GPL-2.0-only
ifdef PATH
endif junk
$(info after)
all:;@:
