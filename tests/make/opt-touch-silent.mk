# SPDX-License-Identifier: GPL-2.0-only
# args: -t -s
all: ; echo x
