# SPDX-License-Identifier: GPL-2.0-only
$(info [$(shell echo a,b; echo err >&2)])
all:;@:
