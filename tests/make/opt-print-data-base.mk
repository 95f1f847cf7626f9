# SPDX-License-Identifier: GPL-2.0-only
ifeq ($(MAKELEVEL),0)
# What makefiles said of variables, rules and files; without places in memory, times and statistics.
all: ; @$(MAKE) -rR -q -p --no-print-directory sub >out; \
	sed -n '/^# makefile/,/^[A-Z]/p' out | grep '^[ABC] \|^define\|^two\|^endef' | sort; \
	sed -n '/^# Pattern-specific/,/^# . pattern/p; /^. Implicit Rules/,/^. Files/p' out; \
	sed -n '/^sub:/,/^# automatic/p; /^grouped/,/^$$/p; /^d::/,/^$$/p; /^# VPATH/,/^# Finished/p' out | \
		grep -v '^$$\|^# automatic\|^# Finished\|hash\|strcache\|current buf\|^# Last mod'
endif
A := $$x 1
B = $(A) two
define C
one
two
endef
sub: private V = x
sub: a.o | b
	@echo x \
	  y
	echo z
%.q %.r: %.s ; cmd
%.s:: %.t
	one
	two
pat%: P = q
pat%: R := $(A)
d:: ; x
d:: e ; y
.PHONY: sub b
vpath %.c src:lib
VPATH = foo
a.o: ;
grouped with &: ; grouped
