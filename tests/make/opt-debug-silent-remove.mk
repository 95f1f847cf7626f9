# SPDX-License-Identifier: GPL-2.0-only
# args: -s -r --debug=n
# Under -s, which names none of the removed files, -d speaks of each.
all: x.c y.c
%.c: %.b ; @:
%.b: ; @touch $@
