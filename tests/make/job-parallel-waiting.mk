# SPDX-License-Identifier: GPL-2.0-only
# args: -j2
all: a b ; @echo all
a: ; @until test -e b.runs; do sleep 0.02; done; touch $@; false
b: ; @touch b.runs; until test -e a; do sleep 0.02; done; sleep 1; echo b; echo b2
