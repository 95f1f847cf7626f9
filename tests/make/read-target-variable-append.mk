# SPDX-License-Identifier: GPL-2.0-only
A = global
all: A += one
all: A += two
A = changed
all:; @echo '$(A)'
