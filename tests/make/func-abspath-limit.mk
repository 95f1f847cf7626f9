# SPDX-License-Identifier: GPL-2.0-only
# A path of 4096 bytes is one too long.
n := $(shell expr 4095 - $$(pwd | wc -c))
name := $(shell printf %0$(n)d 0)
$(info $(words $(abspath $(name))) $(words $(abspath 0$(name))) $(words $(abspath 00$(name))))
all:
