# SPDX-License-Identifier: GPL-2.0-only
# args: -I sub
include inc.mk
$(info $(A) $(MAKEFILE_LIST) $(filter sub,$(.INCLUDE_DIRS)))
all:;@:
