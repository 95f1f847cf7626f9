# SPDX-License-Identifier: GPL-2.0-only
A = $(error in A)

B := $(A)
all:;@:
