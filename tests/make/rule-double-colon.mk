# SPDX-License-Identifier: GPL-2.0-only
all: a
	@echo all
a:: b ; @echo one $^
a:: c ; @echo two $^
a:: ; @echo three
b c: ; @echo $@
