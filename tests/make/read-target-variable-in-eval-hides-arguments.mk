# SPDX-License-Identifier: GPL-2.0-only
define X
all: V := [$$(1)]
endef
f = $(eval $(X))
$(call f,arg)
all:; @echo '$(V)'
