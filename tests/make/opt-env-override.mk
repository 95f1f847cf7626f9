# SPDX-License-Identifier: GPL-2.0-only
# args: -e A=x
A = file
all: ; @echo $(A) $(origin A)
