# SPDX-License-Identifier: GPL-2.0-only
# args: -B
$(shell touch -d @100 src; touch -d @200 mid; touch -d @300 out)
out: mid ; @echo out $?
mid: src ; @echo mid $?
