# SPDX-License-Identifier: GPL-2.0-only
$(info [$(patsubst %.c,%.o,a.c b.c  c.h)] [$(patsubst a,b,a   a)] [$(patsubst a%,%,a b)] [$(patsubst a%,x,a ab b)])
$(info [$(patsubst %,%%,a)] [$(patsubst a%c,[%],abc ac abbc)] [$(patsubst %a%,x%,ba%)] [$(patsubst %,,a b)] [$(patsubst a,,a b a)])
$(info [$(patsubst ,x,a b)] [$(patsubst %,%,)] [$(patsubst %.c,%,a.c .c)])
all:;@:
