# SPDX-License-Identifier: GPL-2.0-only
.SUFFIXES:
.SUFFIXES: .in .out
all: a.out b
.in.out: ; @echo $< to $@ $*
.in: ; @echo single $< to $@ $*
$(shell touch a.in b.in)
