# SPDX-License-Identifier: GPL-2.0-only
include one.mk
all: ; @echo $(X) $(Y) $(MAKE_RESTARTS)
one.mk: ; @echo making $@; echo 'X = 1' > $@; echo 'include two.mk' >> $@
two.mk: ; @echo making $@; echo 'Y = 2' > $@
