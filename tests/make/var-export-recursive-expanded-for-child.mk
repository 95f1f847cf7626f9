# SPDX-License-Identifier: GPL-2.0-only
B = 1
export A = $(B)
B = 2
all:;@echo $$A
