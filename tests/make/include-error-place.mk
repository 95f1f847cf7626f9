# SPDX-License-Identifier: GPL-2.0-only
$(shell printf 'A = 1\n\nbad line\n' > inc.mk)
include inc.mk
all:;@:
