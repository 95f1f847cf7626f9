# SPDX-License-Identifier: GPL-2.0-only
# args: -q
$(shell touch -d @100 src; touch -d @200 old-out; touch -d @50 stale)
all: made stale old-out sub ; @echo all
made: src ; cp src $@
stale: src ; cp src $@
old-out: src ; cp src $@
sub: ; +@echo always
	@echo not always
.PHONY: all
