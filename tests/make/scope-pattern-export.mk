# SPDX-License-Identifier: GPL-2.0-only
%.o: export V = p
x.o: ; @echo "$$V"
