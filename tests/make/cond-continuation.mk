# SPDX-License-Identifier: GPL-2.0-only
ifeq ($(strip a \
  b),a b)
$(info yes)
endif
all:;@:
