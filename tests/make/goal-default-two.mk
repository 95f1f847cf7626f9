# SPDX-License-Identifier: GPL-2.0-only
.DEFAULT_GOAL = a b
a b: ; echo $@
