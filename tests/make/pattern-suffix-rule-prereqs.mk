# SPDX-License-Identifier: GPL-2.0-only
.SUFFIXES: .in .res
all: a.res
.in.res: dep ; @echo $^
dep: ; @echo dep
$(shell touch a.in)
