# SPDX-License-Identifier: GPL-2.0-only
# args: -Z all
all: ; @echo x
