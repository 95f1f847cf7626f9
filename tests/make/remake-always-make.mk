# SPDX-License-Identifier: GPL-2.0-only
# args: -B
include gen.mk
all: ; @echo $(X) $(MAKE_RESTARTS)
gen.mk: src ; @echo making $@; echo 'X = generated' > $@
$(shell touch -d @100 src; touch -d @200 gen.mk)
