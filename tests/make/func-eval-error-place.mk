# SPDX-License-Identifier: GPL-2.0-only
# the line of an error in $(eval) is that of the eval
define X
A := 1
B := 2
$$(error oops)
endef

$(eval $(X))
all:;@:
