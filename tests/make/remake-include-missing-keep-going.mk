# SPDX-License-Identifier: GPL-2.0-only
# args: -k
include none.mk
all: ; @echo $(X)
