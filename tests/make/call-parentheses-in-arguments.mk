# SPDX-License-Identifier: GPL-2.0-only
f = <$(1)|$(2)>
$(info $(call f,(a,b),c) $(call f,{a,b},c))
$(info ${call f,(a,b),c} ${call f,{a,b},c})
all:;@:
