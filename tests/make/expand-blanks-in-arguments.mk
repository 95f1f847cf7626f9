# SPDX-License-Identifier: GPL-2.0-only
$(info [$(subst a, b,a a)] [$(subst a ,b,a a)] [$(subst  a,b,a a)] [$(if  x , y , z )])
all:;@:
