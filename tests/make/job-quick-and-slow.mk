# SPDX-License-Identifier: GPL-2.0-only
# args: -s -j
# What waits for a job that is over at once starts, although another one that began with it goes on.
all: a slow
a: quick ; @: >a.done
quick: ; @:
slow: ; @for i in 1 2 3 4 5 6 7 8 9; do test ! -e a.done || break; sleep 0.1; done; ls a.done
