# SPDX-License-Identifier: GPL-2.0-only
X = a ; @echo from variable
all: $(X)
a:;@echo a
