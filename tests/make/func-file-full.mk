# SPDX-License-Identifier: GPL-2.0-only
# A disk without room: what fits into a buffer of stdio's fails when the file is closed, more than that when written.
part := $(subst 0,aaaaaaaaaaaaaaaa,00000000000000000000000000000000)
whole := $(subst p,$(part),pppppppp)
all:
	-@$(MAKE) -f $(MAKEFILE_LIST) close
	-@$(MAKE) -f $(MAKEFILE_LIST) write
close: ; $(file >/dev/full,$(patsubst a%,%,$(whole)))
write: ; $(file >/dev/full,$(whole))
