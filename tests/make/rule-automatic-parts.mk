# SPDX-License-Identifier: GPL-2.0-only
all: x/y/z.c /q w ; @echo '$(<D) $(<F) $(^D) $(^F) $(@D) $(@F) $(+F)'
x/y/z.c /q w: ;
