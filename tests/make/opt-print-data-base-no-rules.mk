# SPDX-License-Identifier: GPL-2.0-only
ifeq ($(MAKELEVEL),0)
all: ; @$(MAKE) -rR -q -p --no-print-directory sub | sed -n '/^# Implicit/,/^# Files/p; /^sub:/,/Phony\|updated.$$/p' | \
	grep -v '^# automatic\|^# . :=\|stats\|Load='
endif
sub: V = x
sub: | a b ; cmd
a b: ;
