# SPDX-License-Identifier: GPL-2.0-only
# args: --no
all: ; @echo x
