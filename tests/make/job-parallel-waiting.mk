# SPDX-License-Identifier: GPL-2.0-only
# args: -j2
all: a b ; @echo all
a: ; @touch $@; false
b: ; @until test -e a; do sleep 0.02; done; sleep 1; echo b; echo b2
