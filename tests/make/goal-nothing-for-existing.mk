# SPDX-License-Identifier: GPL-2.0-only
# args: all there
$(shell touch there)
all: there
