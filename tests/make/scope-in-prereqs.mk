# SPDX-License-Identifier: GPL-2.0-only
all: V = x
all: $(V)y ; @echo $^
y: ;
