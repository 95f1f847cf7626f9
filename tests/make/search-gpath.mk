# SPDX-License-Identifier: GPL-2.0-only
$(shell mkdir -p d; touch -d @100 d/out; touch -d @200 src)
VPATH = d
GPATH = d
all: out ; @echo $<
out: src ; @echo make $@; cp src $@
