# SPDX-License-Identifier: GPL-2.0-only
all: $(subst ;,x,a;b) ; @echo "$^"
axb:;@echo $@
