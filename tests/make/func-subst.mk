# SPDX-License-Identifier: GPL-2.0-only
$(info [$(subst a,b,aaa)] [$(subst ,x,abc)] [$(subst a,,banana)] [$(subst ab,x,aabb)] [$(subst  a,x,b a)])
$(info [$(subst x,y,)] [$(subst aa,b,aaaaa)] [$(subst a,b,A a,a)])
all:;@:
