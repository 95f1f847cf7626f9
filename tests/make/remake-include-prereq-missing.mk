# SPDX-License-Identifier: GPL-2.0-only
include gen.mk
all: ; @echo all
gen.mk: nowhere ; @echo making $@
