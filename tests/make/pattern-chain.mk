# SPDX-License-Identifier: GPL-2.0-only
all: a.z ; @echo $< 
%.y: %.x ; @echo y $< ; cp $< $@
%.z: %.y ; @echo z $< ; cp $< $@
$(shell touch a.x)
