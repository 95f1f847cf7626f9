# SPDX-License-Identifier: GPL-2.0-only
# args: all bar.xyz
all: foo.o ; @echo '[$*]'
foo.o: ; @echo '[$*]'
bar.xyz: ; @echo '[$*]'
