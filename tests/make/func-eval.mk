# SPDX-License-Identifier: GPL-2.0-only
$(eval A := 1)
$(eval B = $$(A))
A := 2
$(info $(A) $(B))
define two
C := c
D := d
endef
$(eval $(two))
$(info $(C)$(D))
$(info [$(eval E=1)$(E)])
all:;@:
