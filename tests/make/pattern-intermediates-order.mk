# SPDX-License-Identifier: GPL-2.0-only
all: a.z b.z c.z d.z e.z foo.z bar.z quux.z
%.y: %.x ; @cp $< $@
%.z: %.y ; @cp $< $@
$(shell touch a.x b.x c.x d.x e.x foo.x bar.x quux.x)
