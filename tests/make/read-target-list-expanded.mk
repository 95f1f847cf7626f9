# SPDX-License-Identifier: GPL-2.0-only
T = x y
all: $(T)
$(T):;@echo $@
