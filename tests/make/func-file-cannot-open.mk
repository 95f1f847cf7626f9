# SPDX-License-Identifier: GPL-2.0-only
$(file >no/such/dir/x,x)
all:;@:
