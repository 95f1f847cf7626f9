# SPDX-License-Identifier: GPL-2.0-only
# args: b a X=1
$(info goals $(MAKECMDGOALS))
a b: ; @echo $@ $(MAKECMDGOALS)
