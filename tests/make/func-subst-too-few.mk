# SPDX-License-Identifier: GPL-2.0-only
$(info [$(subst a,b)])
all:;@:
