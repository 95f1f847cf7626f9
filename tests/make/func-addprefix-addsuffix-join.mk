# SPDX-License-Identifier: GPL-2.0-only
$(info [$(addsuffix .x,a b)] [$(addprefix p-,a b)] [$(addprefix a b,c d)] [$(addsuffix x,)] [$(join a b c,1 2)] [$(join a,1 2 3)] [$(join ,)])
all:;@:
