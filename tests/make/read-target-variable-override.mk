# SPDX-License-Identifier: GPL-2.0-only
# args: A=cmd
all: A = local
all: override B = x
all:; @echo '$(A) $(B)'
