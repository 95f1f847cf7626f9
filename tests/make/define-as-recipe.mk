# SPDX-License-Identifier: GPL-2.0-only
define cmds
@echo one
@echo two $@
endef
all:
	$(cmds)
	@echo three
