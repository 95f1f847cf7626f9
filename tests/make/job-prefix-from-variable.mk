# SPDX-License-Identifier: GPL-2.0-only
Q = @
I = -
all:
	$(Q)echo quiet
	$(I)false
	$(Q)$(I)false
	@$(I)false
