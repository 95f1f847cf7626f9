# SPDX-License-Identifier: GPL-2.0-only
# args: -C
all: ; @echo x
