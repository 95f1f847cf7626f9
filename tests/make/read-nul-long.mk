# SPDX-License-Identifier: GPL-2.0-only
# what a NUL hides depends on how much GNU make reads at once: 200 bytes, twice as many each time that is too little
x := $(shell printf 'x%.0s' `seq 150`)
$(shell printf 'A = $(x)\000$(x)$(x)end\nB = $(x)\\\n$(x)\000$(x)\\\n $(x)$(x)$(x)\000$(x)$(x) end\n' > inc.mk)
$(shell printf '$(x)$(x)$(x)$(x)' | tr x '\000' >> inc.mk)
$(shell printf '\nC = $(x)$(x)$(x)$(x)\n' >> inc.mk)
include inc.mk
$(info [$(subst $(x),X,$(A))])
$(info [$(subst $(x),X,$(B))])
$(info [$(subst $(x),X,$(C))])
all:;@:
