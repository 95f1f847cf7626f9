# SPDX-License-Identifier: GPL-2.0-only
all: x.o
%.o: ; @echo $@; false
