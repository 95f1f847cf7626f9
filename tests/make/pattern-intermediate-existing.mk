# SPDX-License-Identifier: GPL-2.0-only
$(shell touch -d 2020-01-02 b c)
all: a ; @echo all
a: b ; @echo a; cp b a
b: c ; @echo b; cp c b
.INTERMEDIATE: b
