# SPDX-License-Identifier: GPL-2.0-only
$(shell touch p.c)
.PHONY: p
all: p
%: %.c ; @echo implicit $@
