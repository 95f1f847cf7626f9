# SPDX-License-Identifier: GPL-2.0-only
# args: -r
# A stem that no path could hold makes no rule fit.
ten := aaaaaaaaaa
hundred := $(ten)$(ten)$(ten)$(ten)$(ten)$(ten)$(ten)$(ten)$(ten)$(ten)
name := $(subst a,$(hundred),$(ten)$(ten)$(ten)$(ten))
all: $(name)$(hundred).x
%.x: ; @echo $(words $@)
