# SPDX-License-Identifier: GPL-2.0-only
# exported variables don't reach $(shell)
# env: FROMENV=1
export A = exported
FROMENV = changed
$(info [$(shell echo $$A)] [$(shell echo $$FROMENV)] [$(shell echo $$MAKELEVEL)])
all:;@:
