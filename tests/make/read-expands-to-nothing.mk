# SPDX-License-Identifier: GPL-2.0-only
$(nope)
  $(nope)   $(nope)
$(info fine)
all:;@:
