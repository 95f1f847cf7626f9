# SPDX-License-Identifier: GPL-2.0-only
$(shell touch -d @100 out; touch -d @50 real; ln -s real link; touch -h -d @300 link)
out: link ; @echo out $?
