# SPDX-License-Identifier: GPL-2.0-only
E =
all:
	$(E)
	@
	@echo x
	 $(E)  
	@ -
