# SPDX-License-Identifier: GPL-2.0-only
$(info [$(wildcard lnk)] [$(wildcard l*)])
all:;@:
