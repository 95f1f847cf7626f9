# SPDX-License-Identifier: GPL-2.0-only
# args: --eval=x:;@echo\ eval --eval=$(info\ hi)
all: x ; @echo "[$(MAKEFLAGS)]"
