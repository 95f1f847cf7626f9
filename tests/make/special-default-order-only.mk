# SPDX-License-Identifier: GPL-2.0-only
all: | a ; @echo '$<' '$|' '$^'
a: ;
