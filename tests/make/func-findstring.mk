# SPDX-License-Identifier: GPL-2.0-only
$(info [$(findstring a,banana)] [$(findstring x,banana)] [$(findstring ,x)] [$(findstring a b,x a bc)] [$(findstring a,)])
all:;@:
