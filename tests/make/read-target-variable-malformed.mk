# SPDX-License-Identifier: GPL-2.0-only
a: define x
all:;@:
