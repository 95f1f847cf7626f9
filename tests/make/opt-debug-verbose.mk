# SPDX-License-Identifier: GPL-2.0-only
ifeq ($(MAKELEVEL),0)
# The version is not the same.
all: ; @$(MAKE) -r --no-print-directory --debug=v | sed '1,/WARRANTY/d'
else
$(shell touch -d @100 src; touch -d @200 mid; touch -d @50 old)
all: mid new old phony ; @echo all
mid: src ; @echo mid
old: src missing | mid ; @echo old
missing: ; @:
new: ; @echo new
phony:: ; @echo phony
endif
