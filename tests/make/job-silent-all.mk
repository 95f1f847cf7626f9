# SPDX-License-Identifier: GPL-2.0-only
.SILENT:
all: ; echo a
