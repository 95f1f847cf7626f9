# SPDX-License-Identifier: GPL-2.0-only
$(shell touch x.c y.cc z.s p.S)
CC = @echo cc
CXX = @echo c++
AS = @echo as
all: x.o y.o z.o p.o
