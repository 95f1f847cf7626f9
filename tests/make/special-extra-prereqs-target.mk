# SPDX-License-Identifier: GPL-2.0-only
all: .EXTRA_PREREQS = tool
all: a ; @echo $^
a: ; @echo a
tool: ; @echo tool
