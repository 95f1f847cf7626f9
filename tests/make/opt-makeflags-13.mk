# SPDX-License-Identifier: GPL-2.0-only
# args: --warn-undefined-variables --trace
$(info [$(MAKEFLAGS)] [$(MFLAGS)] [$(MAKEOVERRIDES)])
all: ; +@echo '[$(MAKEFLAGS)] [$(MFLAGS)] [$(MAKEOVERRIDES)]' | sed s/auth=[0-9,]*/auth=R,W/g; echo "$$MAKEFLAGS|$$A|$$MAKEOVERRIDES" | sed s/auth=[0-9,]*/auth=R,W/g
