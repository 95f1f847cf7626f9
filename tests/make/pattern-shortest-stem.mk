# SPDX-License-Identifier: GPL-2.0-only
all: lib/foo.o foo.bar.o
%.o: ; @echo general $@ $*
lib/%.o: ; @echo lib $@ $*
%.bar.o: ; @echo bar $@ $*
