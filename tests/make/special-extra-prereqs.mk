# SPDX-License-Identifier: GPL-2.0-only
.EXTRA_PREREQS = tool
all: a ; @echo $^
a: ; @echo a $^
tool: ; @echo tool
