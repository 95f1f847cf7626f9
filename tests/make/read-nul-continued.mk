# SPDX-License-Identifier: GPL-2.0-only
# a NUL that begins a line which continues another is told of with the number of the first
$(shell printf 'A = 1\n\nB = b\\\n\\\n\000 c\nC = 3\n\000\n' > inc.mk)
include inc.mk
$(info [$(A)] [$(B)] [$(C)])
all:;@:
