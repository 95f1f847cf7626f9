# SPDX-License-Identifier: GPL-2.0-only
# args: -n
include gen.mk
all: ; @echo $(X)
gen.mk: ; @echo making $@; echo 'X = generated' > $@
