# SPDX-License-Identifier: GPL-2.0-only
$(shell touch -d @100 out; touch -d @300 dir)
out: src | dir other ; @echo $^ bar $| q $?
src: ; @touch -d @50 src; echo src
dir other: ; @echo $@
