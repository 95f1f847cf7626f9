# SPDX-License-Identifier: GPL-2.0-only
$(shell printf '\357\273\277A = bom\n' > inc.mk)
include inc.mk
$(info [$(A)])
all:;@:
