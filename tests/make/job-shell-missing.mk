# SPDX-License-Identifier: GPL-2.0-only
SHELL = /no/such/shell
all: ; @echo x
