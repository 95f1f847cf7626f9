# SPDX-License-Identifier: GPL-2.0-only
# args: --no-such-option
all: ; @echo x
