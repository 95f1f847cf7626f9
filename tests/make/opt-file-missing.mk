# SPDX-License-Identifier: GPL-2.0-only
# args: -f nothing.mk
all: ; @echo x
