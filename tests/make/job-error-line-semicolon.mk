# SPDX-License-Identifier: GPL-2.0-only
# args: b
all: ; @true
b: ; @exit 2
