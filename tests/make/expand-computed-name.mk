# SPDX-License-Identifier: GPL-2.0-only
AB = foo
N = AB
foo = deep
$(info $($(N)) $($($(N))) ${$(N)} $(${N}) $($(N):o=0))
x-a = 1
$(info $(x-$(firstword a b)))
all:;@:
