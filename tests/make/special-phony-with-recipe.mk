# SPDX-License-Identifier: GPL-2.0-only
$(shell touch clean)
.PHONY: clean
clean: ; @echo clean
