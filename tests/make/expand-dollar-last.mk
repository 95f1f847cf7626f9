# SPDX-License-Identifier: GPL-2.0-only
A = x$
$(info [$(A)] [$(A)y] [$(value A)] [$(subst x,y,a$)])
B := x$
$(info [$(B)])
all:;@:
