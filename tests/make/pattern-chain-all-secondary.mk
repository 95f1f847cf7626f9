# SPDX-License-Identifier: GPL-2.0-only
all: a.z ; @echo $< ; ls a.y
%.y: %.x ; @echo y $< ; cp $< $@
%.z: %.y ; @echo z $< ; cp $< $@
.SECONDARY:
$(shell touch a.x)
