# SPDX-License-Identifier: GPL-2.0-only
%.o: %.o: %.c ; @echo $@
