# SPDX-License-Identifier: GPL-2.0-only
# args: -k X=1
export A = 1
B = 2
C := $$x
export C
D = $(A)x
export D
unexport PATH2
all: ; @echo "[$$A] [$$B] [$$C] [$$D] [$$MAKELEVEL] [$$MFLAGS] [$$MAKEFLAGS]"
