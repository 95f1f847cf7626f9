# SPDX-License-Identifier: GPL-2.0-only
$(shell touch -d @100.5 src; touch -d @100.2 out)
out: src ; @echo out
.LOW_RESOLUTION_TIME: out
