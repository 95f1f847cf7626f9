# SPDX-License-Identifier: GPL-2.0-only
$(shell mkdir -p d; touch d/a.x)
VPATH = d
all: a.z ; @echo $<
%.y: %.x ; @echo y $<; cp $< $@
%.z: %.y ; @echo z $<; cp $< $@
