# SPDX-License-Identifier: GPL-2.0-only
define A
  line 1 
	line 2
# not a comment
$(B) # kept
endef
B = b
$(info [$(A)])
$(info [$(value A)])
all:;@:
