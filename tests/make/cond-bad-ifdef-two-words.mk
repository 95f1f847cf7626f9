# SPDX-License-Identifier: GPL-2.0-only
ifdef A B
endif
all:;@:
