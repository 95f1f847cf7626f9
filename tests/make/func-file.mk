# SPDX-License-Identifier: GPL-2.0-only
$(file >out,first)
$(file >>out,second)
$(file >> out,third)
$(info [$(file <out)] [$(shell cat out)])
$(file >empty)
$(info [$(file <empty)] [$(shell wc -c <empty)] [$(file <nope)])
define two
a
b
endef
$(file >lines,$(two))
$(info [$(file <lines)])
$(file >nl,x
)
all:;@:
