# SPDX-License-Identifier: GPL-2.0-only
$(shell touch a.c)
%.o: %.c ; @echo first
%.o: %.c ; @echo second
a.o:
