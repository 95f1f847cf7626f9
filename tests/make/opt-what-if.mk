# SPDX-License-Identifier: GPL-2.0-only
# args: -W src
$(shell touch -d @100 src; touch -d @200 out)
out: src other ; @echo $? ; touch out
other: ; @echo other
$(shell touch -d @150 other)
