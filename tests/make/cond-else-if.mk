# SPDX-License-Identifier: GPL-2.0-only
define try
X := $(1)
ifeq ($$(X),1)
R := one
else ifeq ($$(X),2)
R := two
else ifdef nope
R := never
else
R := other
endif
endef
$(foreach i,1 2 3,$(eval $(call try,$(i)))$(info $(R)))
all:;@:
