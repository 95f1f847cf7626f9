# SPDX-License-Identifier: GPL-2.0-only
$(shell touch -d @100 a.x; touch -d @200 a.z)
all: a.z ; @echo $< 
%.y: %.x ; @echo y $< ; cp $< $@
%.z: %.y ; @echo z $< ; cp $< $@
