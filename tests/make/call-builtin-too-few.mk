# SPDX-License-Identifier: GPL-2.0-only
$(info [$(call subst,a)])
all:;@:
