# SPDX-License-Identifier: GPL-2.0-only
$(shell touch a.x.x.x)
all: a
%: %.x ; @echo $@ from $<; touch $@
