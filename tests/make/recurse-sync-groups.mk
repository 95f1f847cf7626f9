# SPDX-License-Identifier: GPL-2.0-only
# under -O what a target says stays together, whatever make it is in
ifeq ($(MAKELEVEL),0)
all: ; @$(MAKE) -s -j4 -O a b | awk '{ if ($$1 != last && seen[$$1]++) print "torn: " $$1; last = $$1 } END { print NR }'
endif
a b: ; @$(MAKE) $@1 $@2 $@3
a1 a2 a3 b1 b2 b3: ; @echo $@; sleep 0.02; echo $@; sleep 0.01; echo $@
