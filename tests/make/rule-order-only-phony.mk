# SPDX-License-Identifier: GPL-2.0-only
$(shell touch out)
out: | p ; @echo out
.PHONY: p
p: ; @echo p
