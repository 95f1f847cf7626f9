# SPDX-License-Identifier: GPL-2.0-only
define = 1
ifdef = 2
include = 3
export = 4
override = 5
endef = 6
vpath = 7
else = 8
private = 9
undefine = 10
$(info $(define)$(ifdef)$(include)$(export)$(override)$(endef)$(vpath)$(else)$(private)$(undefine))
all:;@:
