# SPDX-License-Identifier: GPL-2.0-only
A = a
export A
export B = b
export C := c
D = d
unexport B
X = A Y
export $(X)
all:;@echo "[$$A$$B$$C$$D$$Y]"
