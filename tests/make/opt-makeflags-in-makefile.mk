# SPDX-License-Identifier: GPL-2.0-only
MAKEFLAGS += -k --no-print-directory
MAKEFLAGS += FOO=bar
$(info [$(MAKEFLAGS)])
all: a b ; @echo all
a: ; @false
b: ; @echo '[$(MAKEFLAGS)]' $(FOO)
