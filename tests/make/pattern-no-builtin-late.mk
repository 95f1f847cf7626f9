# SPDX-License-Identifier: GPL-2.0-only
MAKEFLAGS += -rR
$(info [$(CC)])
all: x.o ; @echo '[$(CC)]'
x.o: ;
