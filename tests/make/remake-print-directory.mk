# SPDX-License-Identifier: GPL-2.0-only
# args: -w
include one.mk
all: ; @echo $(X) $(MAKE_RESTARTS)
one.mk: ; @echo making $@; echo 'X = 1' > $@
