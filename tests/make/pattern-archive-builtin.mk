# SPDX-License-Identifier: GPL-2.0-only
all: l.a(m.o n.o)
m.o n.o: ; @touch $@
AR = @echo ar
