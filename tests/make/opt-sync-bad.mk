# SPDX-License-Identifier: GPL-2.0-only
# args: -Oxyz
all: ; @echo x
