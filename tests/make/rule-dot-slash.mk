# SPDX-License-Identifier: GPL-2.0-only
all: ./a b/../c ; @echo $^
a: ; @echo made $@
b/../c: ; @echo made $@
