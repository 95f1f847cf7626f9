# SPDX-License-Identifier: GPL-2.0-only
include gen.mk
all: ; @echo $(X)
gen.mk: ; @echo making $@; false
