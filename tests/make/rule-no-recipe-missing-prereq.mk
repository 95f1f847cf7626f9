# SPDX-License-Identifier: GPL-2.0-only
$(shell touch -d @100 out)
out: mid ; @echo out $?
mid: src
src: ; @echo src
