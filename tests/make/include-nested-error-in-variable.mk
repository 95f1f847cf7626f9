# SPDX-License-Identifier: GPL-2.0-only
$(shell printf 'A = $$(error here)\n' > inc.mk)
include inc.mk
$(A)
all:;@:
