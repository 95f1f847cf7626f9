# SPDX-License-Identifier: GPL-2.0-only
$(shell touch m.o; ar cr l.a m.o)
all: l.a(m.o) ; @echo $^ $+ $<
