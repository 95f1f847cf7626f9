# SPDX-License-Identifier: GPL-2.0-only
a.b-c/d+e = 1
$(info $(a.b-c/d+e))
%x = 2
$(info $(%x))
=x = 3
$(info [$(=x)])
all:;@:
