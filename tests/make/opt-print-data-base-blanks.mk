# SPDX-License-Identifier: GPL-2.0-only
# args: -s
# What -p prints of variables that are only blanks, of the include folders' flavour, and of .SUFFIXES once a recipe ran.
ONLY := $(subst ,, )
TABS := $(subst ,,	  )
EMPTY :=
define LINES


endef
LINE := $(LINES)
RECURSIVE = $(subst ,, )
$(info $(flavor .INCLUDE_DIRS) $(flavor SUFFIXES))
all:
	@$(MAKE) -p -f $(firstword $(MAKEFILE_LIST)) quiet | sed -n '/^LINE /,/^)/p; /^\(ONLY\|TABS\|EMPTY\|RECURSIVE\) /p; /^.INCLUDE_DIRS/s/=.*/=/p' | sort
	@$(MAKE) -p -f $(firstword $(MAKEFILE_LIST)) quiet | sed -n '/^\.SUFFIXES/,/^$$/s/^#//p'
	@$(MAKE) -pq -f $(firstword $(MAKEFILE_LIST)) quiet | sed -n '/^\.SUFFIXES/,/^$$/s/^#//p'
	@$(MAKE) -p -f $(firstword $(MAKEFILE_LIST)) none | sed -n '/^\.SUFFIXES/,/^$$/s/^#//p'
quiet: ; @:
none:
.PHONY: quiet none
