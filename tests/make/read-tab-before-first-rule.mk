# SPDX-License-Identifier: GPL-2.0-only
	$(info tabbed)
	A = 1
$(info [$(A)])
all:;@:
