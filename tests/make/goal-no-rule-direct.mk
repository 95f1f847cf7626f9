# SPDX-License-Identifier: GPL-2.0-only
# args: nothing
all: ; echo $@
