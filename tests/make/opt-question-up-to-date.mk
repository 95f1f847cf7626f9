# SPDX-License-Identifier: GPL-2.0-only
# args: -q
$(shell touch -d @100 src; touch -d @200 out)
out: src ; cp src $@
