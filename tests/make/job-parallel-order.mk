# SPDX-License-Identifier: GPL-2.0-only
# args: -j4
all: a b c ; @echo all
a: ; @until test -e b.done; do sleep 0.02; done; echo a; touch a.done
b: ; @echo b; touch b.done
c: ; @until test -e a.done; do sleep 0.02; done; echo c
