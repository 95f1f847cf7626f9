# SPDX-License-Identifier: GPL-2.0-only
all: a b
b: SHELL = /bin/bash
a b: ; @echo $@ $${BASH_VERSION:+bash} $(SHELL)
