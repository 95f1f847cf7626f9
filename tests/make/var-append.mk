# SPDX-License-Identifier: GPL-2.0-only
A += one
A += two
$(info $(A) $(flavor A))
B := x
C = y
B += $(C)
C += $(B)
C = z
$(info $(B) $(flavor B))
D =
D += a
$(info [$(D)])
D +=
$(info [$(D)])
E := 
E += $(nope)
$(info [$(E)])
all:;@:
