# SPDX-License-Identifier: GPL-2.0-only
# Lines are joined in what looks like a reference, also behind $$.
all:
	@printf '%s|' '$$(info a\
	  b)' '$$$$(x \
 y)' '$${z\
	}' '$$ (a\
	b)'
