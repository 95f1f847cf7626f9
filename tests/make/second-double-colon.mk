# SPDX-License-Identifier: GPL-2.0-only
.SECONDEXPANSION:
all:: $$@1 ; @echo one $^
all:: $$@2 ; @echo two $^
all1 all2: ;
