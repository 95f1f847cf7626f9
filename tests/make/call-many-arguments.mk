# SPDX-License-Identifier: GPL-2.0-only
f = $(1)$(9)$(10)$(11)$(12)
$(info $(call f,a,b,c,d,e,f,g,h,i,j,k,l))
all:;@:
