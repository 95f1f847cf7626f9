# SPDX-License-Identifier: GPL-2.0-only
$(shell printf 'A = last' > inc.mk)
$(shell printf 'B = last \\\n' > inc2.mk)
$(shell printf 'C = last \\' > inc3.mk)
include inc.mk inc2.mk inc3.mk
$(info [$(A)] [$(B)] [$(C)])
all:;@:
