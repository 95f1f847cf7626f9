# SPDX-License-Identifier: GPL-2.0-only
all: one two
one two: ; $(MAKE) -s $@-1
%-1: ; $(MAKE) $@2
%-12: ; $(MAKE) $@3 other
%-123: ; exit 5
other: ; @echo other
