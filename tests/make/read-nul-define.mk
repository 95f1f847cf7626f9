# SPDX-License-Identifier: GPL-2.0-only
# NULs in a define are told of with the number of the line before; also without an endef
$(shell printf 'A = 1\ndefine B\nb\n\000 c\nd\\\n\000 e\n\000\nendef\n\000\ndefine C\n\000\nf\n\000\n' > inc.mk)
-include inc.mk
all:;@:
