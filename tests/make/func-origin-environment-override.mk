# SPDX-License-Identifier: GPL-2.0-only
# args: -e
# env: A=env
A = file
A += more
$(info $(A) $(origin A))
override A = over
$(info $(A) $(origin A))
all:;@:
