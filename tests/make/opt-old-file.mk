# SPDX-License-Identifier: GPL-2.0-only
# args: -o mid
$(shell touch -d @100 out; touch -d @200 mid; touch -d @300 src)
out: mid ; @echo out
mid: src ; @echo mid
