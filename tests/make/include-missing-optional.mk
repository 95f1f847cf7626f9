# SPDX-License-Identifier: GPL-2.0-only
-include nope.mk
sinclude nope2.mk
-include nope*.mk
$(info [$(MAKEFILE_LIST)])
all:;@:
