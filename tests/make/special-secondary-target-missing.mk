# SPDX-License-Identifier: GPL-2.0-only
$(shell touch -d @100 src; touch -d @200 out)
out: mid ; @echo out
mid: src ; @echo mid; touch mid
.SECONDARY: mid
