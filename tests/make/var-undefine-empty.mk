# SPDX-License-Identifier: GPL-2.0-only
undefine $(nope)
all:;@:
