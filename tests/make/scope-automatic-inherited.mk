# SPDX-License-Identifier: GPL-2.0-only
all: D = $@/$<
all: b ; @echo $(D)
b: c ; @echo $(D)
c: ;
