# SPDX-License-Identifier: GPL-2.0-only
# In an environment's value that no file set (MAKEFLAGS), the place of what it refers to does not count.
MAKEOVERRIDES = $(warning over)
x = $(warning x)$(y)
y = $(warning y)
export x
all:;@echo
