# SPDX-License-Identifier: GPL-2.0-only
$(info $(if x,$(info then)1,$(info else)2))
$(info $(if ,$(info then)1,$(info else)2))
all:;@:
