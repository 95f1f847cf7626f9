# SPDX-License-Identifier: GPL-2.0-only
.SUFFIXES:
.in.res: ; @echo $^
all: a.res
$(shell touch a.in)
