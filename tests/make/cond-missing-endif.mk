# SPDX-License-Identifier: GPL-2.0-only
ifdef PATH
$(info inside)
all:;@:
