# SPDX-License-Identifier: GPL-2.0-only
$(info $$ $$x $$(x) $$$$)
all:;@:
