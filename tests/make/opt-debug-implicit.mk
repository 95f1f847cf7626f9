# SPDX-License-Identifier: GPL-2.0-only
ifeq ($(MAKELEVEL),0)
all: ; @touch a.x; $(MAKE) -r --no-print-directory --debug=i | sed '1,/WARRANTY/d'
else
all: a.z b
%.z: %.y ; @cp $< $@
%.y: %.x ; @cp $< $@
%.y: %.w ; @cp $< $@
%: %.q ; @cp $< $@
b:
endif
