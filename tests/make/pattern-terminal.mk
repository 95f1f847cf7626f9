# SPDX-License-Identifier: GPL-2.0-only
$(shell touch a.2)
all: a.3 ; @echo $<
%.3:: %.2 ; @echo 3 from $<
%.2: %.1 ; @echo 2 from $<
