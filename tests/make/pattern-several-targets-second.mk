# SPDX-License-Identifier: GPL-2.0-only
all: a.2 ; @echo all
%.1 %.2: %.x ; @echo both $@ $*; touch $*.1 $*.2
$(shell touch a.x)
