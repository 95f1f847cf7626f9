# SPDX-License-Identifier: GPL-2.0-only
.hidden: ; echo no
%.x: ; echo no
./dotslash: ; echo $@
all: ; echo all
