# SPDX-License-Identifier: GPL-2.0-only
$(info a,b,c $(strip a,b) $(words a,b c) $(subst a,b,a,a,a))
comma := ,
$(info $(subst a$(comma),x,a,b))
all:;@:
