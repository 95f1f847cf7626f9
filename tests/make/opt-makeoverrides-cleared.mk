# SPDX-License-Identifier: GPL-2.0-only
# args: X=1
MAKEOVERRIDES =
all: ; @echo "[$(MAKEFLAGS)] [$$MAKEFLAGS] [$$X]"
