# SPDX-License-Identifier: GPL-2.0-only
# args: -L
$(shell touch -d @100 real out; touch -d @50 real; ln -s real link; touch -h -d @300 link)
out: link ; @echo out $?
