# SPDX-License-Identifier: GPL-2.0-only
# args: -j4 -O
all: a b c d ; @cat a b c d
a b c d: ; +@$(MAKE) --no-print-directory $@1 $@2 $@3; cat $@1 $@2 $@3 >$@; echo $@ done >>$@
a1 a2 a3 b1 b2 b3 c1 c2 c3 d1 d2 d3: ; @echo $@ >$@; sleep 0.01; echo $@ >>$@
