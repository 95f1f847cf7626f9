# SPDX-License-Identifier: GPL-2.0-only
# args: A=1
undefine A
$(info [$(A)])
override undefine A
$(info [$(A)])
all:;@:
