# SPDX-License-Identifier: GPL-2.0-only
A = a
export
unexport
all:;@echo "[$$A]"
