# SPDX-License-Identifier: GPL-2.0-only
# env: MAKEFILES=pre.mk
$(info main [$(MAKEFILE_LIST)])
all:;@:
