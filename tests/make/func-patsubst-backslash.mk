# SPDX-License-Identifier: GPL-2.0-only
$(info [$(patsubst \%a,x,%a)] [$(patsubst a,\%b,a)] [$(patsubst %,x\%%,a)] [$(patsubst \\%,y%,\a)] [$(patsubst a\\\%b,x,a\%b)] [$(patsubst %\,x%,a\)])
A = a%b axb
$(info [$(A:a\%b=q)] [$(A:%b=\%%)])
all:;@:
