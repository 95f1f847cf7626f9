# SPDX-License-Identifier: GPL-2.0-only
# env: A=env B=env
$(info $(A) $(origin A))
A = file
B ?= cond
$(info $(A) $(origin A) $(B) $(origin B) $(flavor B))
all:;@:
