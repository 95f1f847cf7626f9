# SPDX-License-Identifier: GPL-2.0-only
# args: MAKELEVEL=5
# A level that the command line sets counts, in messages too.
$(warning $(MAKELEVEL))
all: ; @echo $$MAKELEVEL; $(MAKE) MAKELEVEL= x MAKEFLAGS=
x: ; @echo $(MAKELEVEL) $$MAKELEVEL; false
