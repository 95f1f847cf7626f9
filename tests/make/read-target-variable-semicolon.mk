# SPDX-License-Identifier: GPL-2.0-only
all: A = x ; y # z
all:; @echo '$(A)'
