# SPDX-License-Identifier: GPL-2.0-only
# args: -j3 -Orecurse
all: a b c ; @cat a b c
a b c: ; @$(MAKE) --no-print-directory -j2 $@1 $@2 >$@ 2>&1; sort -o $@ $@
a1 a2 b1 b2 c1 c2: ; @echo $@; sleep 0.01; echo end of $@
