# SPDX-License-Identifier: GPL-2.0-only
$(shell touch thing.c.in thing.in)
all: thing thing.c
%: %.in ; @echo any $@
