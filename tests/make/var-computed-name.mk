# SPDX-License-Identifier: GPL-2.0-only
N = foo
$(N)_x = 1
$(N)-$(N) := 2
$(info $(foo_x) $(foo-foo))
all:;@:
