# SPDX-License-Identifier: GPL-2.0-only
A = ok
$(info $(subst },x,a}b) ${subst ),x,a)b} $(subst (,x,a(b)))
$(info ${subst (,x,a(b})
all:;@:
