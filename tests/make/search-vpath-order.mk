# SPDX-License-Identifier: GPL-2.0-only
$(shell mkdir -p one two; touch one/a two/a two/b)
vpath % two
vpath a one
all: a b ; @echo $^
