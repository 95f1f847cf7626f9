# SPDX-License-Identifier: GPL-2.0-only
$(shell printf 'int main(void){return 0;}' > x.c)
all: x
CC = echo cc
