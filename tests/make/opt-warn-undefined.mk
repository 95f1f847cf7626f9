# SPDX-License-Identifier: GPL-2.0-only
# args: --warn-undefined-variables
all: ; @echo [$(UNDEF)] [$(MAKE_RESTARTS)]
