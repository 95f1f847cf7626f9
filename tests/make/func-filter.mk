# SPDX-License-Identifier: GPL-2.0-only
$(info [$(filter %.c a,a b.c d.c)] [$(filter-out %.c a,a b.c d.c e)] [$(filter a\%b,a%b axb)] [$(filter a b c d,d c x a a)])
$(info [$(filter %,a b)] [$(filter ,a b)] [$(filter-out ,a b)] [$(filter a%c,ac abc a c)] [$(filter x%x,x xx)])
all:;@:
