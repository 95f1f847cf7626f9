# SPDX-License-Identifier: GPL-2.0-only
all: export A = x
all: B = y
all:; @echo "$$A $$B"
