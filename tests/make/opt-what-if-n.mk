# SPDX-License-Identifier: GPL-2.0-only
# args: -n -W src
$(shell touch -d @100 src; touch -d @200 mid; touch -d @300 out)
out: mid ; cp mid out
mid: src ; cp src mid
