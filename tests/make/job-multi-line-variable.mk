# SPDX-License-Identifier: GPL-2.0-only
define R
@echo one
echo two
-false
  @echo three
endef
all:
	$(R)
	@$(R)
