# SPDX-License-Identifier: GPL-2.0-only
# args: -C no/such/dir
all: ; @echo x
