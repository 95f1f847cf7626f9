# SPDX-License-Identifier: GPL-2.0-only
# args: A=1 B:=2
A = x
override B = y
$(info $(A) $(origin A) $(flavor A) $(B) $(origin B) $(flavor B))
A += z
override A += w
$(info $(A) $(origin A))
all:;@:
