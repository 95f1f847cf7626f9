# SPDX-License-Identifier: GPL-2.0-only
$(info $(notdir $(CURDIR:%/=%)) $(origin CURDIR) | $(MAKE_VERSION) $(MAKE_HOST))
all:;@:
