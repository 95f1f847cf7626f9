# SPDX-License-Identifier: GPL-2.0-only
# args: -l 100000
all: a b
a b: ; @echo $@
