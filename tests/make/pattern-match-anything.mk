# SPDX-License-Identifier: GPL-2.0-only
all: thing thing.c
%: ; @echo any $@
