# SPDX-License-Identifier: GPL-2.0-only
vpath %.c src
vpath %.c
vpath
all:;@echo ok
