# SPDX-License-Identifier: GPL-2.0-only
# args: -j3
all: a b
a:: ; @until test -e b.done; do sleep 0.02; done; echo one
a:: ; @echo two
b: ; @echo b; touch b.done
