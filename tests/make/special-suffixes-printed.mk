# SPDX-License-Identifier: GPL-2.0-only
.SUFFIXES: .foo .bar
all: x.foo ; @echo '$(SUFFIXES)' '$*'
x.foo: ; @echo '$*'
