# SPDX-License-Identifier: GPL-2.0-only
# args: -I inc -I inc2
$(shell mkdir -p inc; echo 'X = found' > inc/x.mk)
include x.mk
all: ; @echo $(X) $(firstword $(.INCLUDE_DIRS)) "$(MAKEFLAGS)"
