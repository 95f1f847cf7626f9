# SPDX-License-Identifier: GPL-2.0-only
.EXPORT_ALL_VARIABLES:
A = 1
B-x = 2
all: ; @echo "[$$A]"; env | grep -c 'B-x'
