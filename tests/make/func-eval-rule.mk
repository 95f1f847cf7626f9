# SPDX-License-Identifier: GPL-2.0-only
define rule
$(1): $(2)
	@echo made $$@ from $$^
endef
$(eval $(call rule,all,a b))
a b:;@echo $@
