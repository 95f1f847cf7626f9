# SPDX-License-Identifier: GPL-2.0-only
# args: -r
$(shell touch x.c)
all: x.o
