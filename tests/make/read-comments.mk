# SPDX-License-Identifier: GPL-2.0-only
# comment \
 continued $(error no)
A = x # y \
 $(error no)
B = \# \\# c
C = a\#b
D = $(subst #,x,a#b)
$(info [$(A)] [$(B)] [$(C)] [$(D)])
    # indented
	# tab
all:;@:
