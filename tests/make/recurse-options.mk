# SPDX-License-Identifier: GPL-2.0-only
# -C, -f, options in one word and apart; blanks and quotes in variables
ifeq ($(MAKELEVEL),0)
all:
	mkdir -p d/e
	$(MAKE) -C d -f ../Makefile show A="b c" "B=it's" C='"q"'
	@$(MAKE) -sC d/e -f../../Makefile show 'A=1	2' B= C:=c D='a\b'
	$(MAKE) --directory=d --file=../Makefile --no-print-directory -rR show
	-$(MAKE) -C nowhere
	-$(MAKE) -f nowhere
	-$(MAKE) nothing
else
show: ; @printf '[%s]\n' '$(A)' "$(B)" '$(C)' '$(D)' '$(MAKEFLAGS)' '$(MAKEOVERRIDES)' '$(notdir $(CURDIR))' '$(MAKECMDGOALS)'
endif
