# SPDX-License-Identifier: GPL-2.0-only
all: b.y c.y
%.y: ; @echo $@ $*
