# SPDX-License-Identifier: GPL-2.0-only
A = x
	$(A)
all:;@:
