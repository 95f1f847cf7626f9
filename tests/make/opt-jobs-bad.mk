# SPDX-License-Identifier: GPL-2.0-only
# args: -j0
all: ; @echo x
