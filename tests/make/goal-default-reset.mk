# SPDX-License-Identifier: GPL-2.0-only
a: ; echo $@
.DEFAULT_GOAL :=
b: ; echo $@
