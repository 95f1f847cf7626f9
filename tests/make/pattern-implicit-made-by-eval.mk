# SPDX-License-Identifier: GPL-2.0-only
$(foreach s,1 2,$(eval %.$s: %.src ; @echo $s $$@))
all: a.1 a.2
$(shell touch a.src)
