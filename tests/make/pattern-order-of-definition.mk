# SPDX-License-Identifier: GPL-2.0-only
$(shell touch a.c a.cc)
a.o:
%.o: %.cc ; @echo cc
%.o: %.c ; @echo c
