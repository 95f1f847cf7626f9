# SPDX-License-Identifier: GPL-2.0-only
load nosuch.so
all:;@:
