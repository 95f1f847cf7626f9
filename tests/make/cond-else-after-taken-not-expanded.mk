# SPDX-License-Identifier: GPL-2.0-only
ifeq (a,a)
$(info one)
else ifeq ($(info evaluated?),)
$(info two)
endif
all:;@:
