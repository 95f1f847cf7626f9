# SPDX-License-Identifier: GPL-2.0-only
-include a.mk
all: ; @echo $(X)
%.mk: %.in ; @cp $< $@
%.in: %.src ; @cp $< $@
$(shell echo 'X = x' > a.src)
