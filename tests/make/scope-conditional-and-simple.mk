# SPDX-License-Identifier: GPL-2.0-only
V = global
all: V ?= no
all: W ?= yes
all: X := $(V)
V = later
all: ; @echo $(V) $(W) $(X)
