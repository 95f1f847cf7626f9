# SPDX-License-Identifier: GPL-2.0-only
# a make that failed while it had jobs gives them back: a and b must run at once afterwards
ifeq ($(MAKELEVEL),0)
all: ; @$(MAKE) --no-print-directory -k -j2 both 2>err; grep -c Error err
else
both: later
later: fails ; @echo not reached
both: at-once
at-once: ; @$(MAKE) wrong; $(MAKE) wrong; $(MAKE) a b
fails: ; @exit 1
wrong: x y ; @echo not reached
x y: ; @exit 1
a: ; @until test -e b.done; do sleep 0.02; done; echo a
b: ; @echo b; touch b.done
endif
