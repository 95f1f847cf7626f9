# SPDX-License-Identifier: GPL-2.0-only
# args: --trace
$(shell touch -d @300 c)
all: a b
a: c ; @echo a
b: ; echo b
