# SPDX-License-Identifier: GPL-2.0-only
.SECONDEXPANSION:
all: a b $$(subst a,q,$$^) $$<x $$(@:l=z) ; @echo $^
a b q ax qx alz: ; @echo $@
