# SPDX-License-Identifier: GPL-2.0-only
# += takes the flavour that the variable has before its text is expanded.
a := 1
a += $(eval a = $$(b))2
b = 3
$(info $(flavor a) $(value a))
c = 1
c += $(eval c := 4)$(info not yet)
$(info $(flavor c) $(value c))
all:
