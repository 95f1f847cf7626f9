# SPDX-License-Identifier: GPL-2.0-only
ifdef nope
else junk
$(info after)
endif
all:;@:
