# SPDX-License-Identifier: GPL-2.0-only
.DEFAULT_GOAL = zzz
a b: ; echo $@
