# SPDX-License-Identifier: GPL-2.0-only
# args: A=cmd
override export A = 1
export override B = 2
private C = 3
override private export D := 4
$(info $(A)$(B)$(C)$(D) $(origin B) $(origin C))
all:;@echo $$A$$B$$C$$D
