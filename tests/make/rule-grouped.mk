# SPDX-License-Identifier: GPL-2.0-only
all: a b
	@echo all
a b &: c ; @echo make $@ from $<; touch a b
c: ; @touch c
