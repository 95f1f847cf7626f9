# SPDX-License-Identifier: GPL-2.0-only
all:
	-$(MAKE) error
	-$(MAKE) missing-goal
	-$(MAKE) no-rule
	-$(MAKE) syntax BAD=1
	-$(MAKE) killed
	-$(MAKE) -q up
	-$(MAKE) -k two-errors
error: ; $(error from a recipe)
no-rule: nowhere
killed: ; @kill -9 $$$$
up: force ; @:
force: ;
two-errors: e1 e2
e1 e2: ; @exit 4
ifdef BAD
$(MAKELEVEL) oops
endif
