# SPDX-License-Identifier: GPL-2.0-only
A = x=y:=z+=w
B := a?=b
$(info $(A) $(B))
all:;@:
