# SPDX-License-Identifier: GPL-2.0-only
# args: --silent=x
all: ; @echo x
