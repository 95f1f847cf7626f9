# SPDX-License-Identifier: GPL-2.0-only
.LIBPATTERNS = nopattern lib%.q
all: -lfoo ; @echo $^
