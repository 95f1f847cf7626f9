# SPDX-License-Identifier: GPL-2.0-only
# this make, another one, this one again share the jobs
# args: -j2
ifeq ($(MAKELEVEL),0)
all: ; +@/usr/bin/make --no-print-directory mid OWN='$(MAKE)'
else
mid: ; +@$(OWN) --no-print-directory low
low: ; @$(MAKE) --no-print-directory sub
sub: a b ; @echo $(MAKELEVEL)
a: ; @until test -e b.done; do sleep 0.02; done; echo a
b: ; @echo b; touch b.done
endif
