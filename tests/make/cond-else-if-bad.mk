# SPDX-License-Identifier: GPL-2.0-only
ifdef nope
else ifeq x
$(info here)
endif
all:;@:
