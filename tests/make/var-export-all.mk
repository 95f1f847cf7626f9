# SPDX-License-Identifier: GPL-2.0-only
A = a
export
B = b
unexport A
odd-name = c
all:;@echo "[$$A$$B]"
