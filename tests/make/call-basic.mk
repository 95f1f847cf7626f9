# SPDX-License-Identifier: GPL-2.0-only
f = [$(0)|$(1)|$(2)|$(3)]
$(info $(call f) $(call f,a) $(call f,a,b,c,d) $(call  f , a ,b ))
all:;@:
