# SPDX-License-Identifier: GPL-2.0-only
$(shell touch all)
all: p ; @echo all $?
.PHONY: p
p:
