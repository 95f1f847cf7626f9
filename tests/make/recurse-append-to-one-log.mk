# SPDX-License-Identifier: GPL-2.0-only
# two makes, and a recipe, add to one file that is not there yet
# args: -j3 -s
all: a b c ; @sort log
a b c: ; @$(MAKE) say-$@ >> log
say-%: ; @perl -e '$$| = 1; for (1 .. 5) { print "$*\n"; select(undef, undef, undef, 0.01) }'
