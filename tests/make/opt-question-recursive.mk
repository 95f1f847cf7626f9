# SPDX-License-Identifier: GPL-2.0-only
# args: -q
all: ; +@echo sub; exit 1
