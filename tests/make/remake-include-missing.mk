# SPDX-License-Identifier: GPL-2.0-only
include none.mk
all: ; @echo $(X)
