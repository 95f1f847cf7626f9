# SPDX-License-Identifier: GPL-2.0-only
$(info [$(MAKEFILE_LIST)] $(flavor MAKEFILE_LIST))
$(shell echo '$$(info in [$$(MAKEFILE_LIST)] $$(lastword $$(MAKEFILE_LIST)))' > inc.mk)
include inc.mk
$(info after [$(MAKEFILE_LIST)])
all:;@:
