# SPDX-License-Identifier: GPL-2.0-only
all: MAKEFLAGS += -k
all: ; @echo "$$MAKEFLAGS" '$(MAKEFLAGS)'
