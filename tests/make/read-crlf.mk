# SPDX-License-Identifier: GPL-2.0-only
$(shell printf 'A = x\r\nB = a \\\r\n b\r\n\r\ndefine C\r\nc1\r\nc2\r\nendef\r\n' > inc.mk)
include inc.mk
$(info [$(A)] [$(B)] [$(C)])
all:;@:
