# SPDX-License-Identifier: GPL-2.0-only
# what a recipe wrote before it, the sub-make sees; what the sub-make wrote, the rest of the recipe
ifeq ($(MAKELEVEL),0)
all:
	@echo one > f; mkdir d; echo 1 > d/a; $(MAKE) -s sub; cat f g d/b; ls d
	@cat g; [ -e h ] && echo there; rm g; test -e d/a || echo gone
	@ln -s d l; echo new > l/a; cd l && $(MAKE) -s -f ../Makefile where; cat ../d/w
	@echo x > made; $(MAKE) -s made2; cat made2
else
sub: ; @cat f d/a; echo two >> f; echo g > g; mv d/a d/b; : > h
where: ; @cat a; echo $(notdir $(CURDIR)) > w
made2: made ; @cat made > $@; echo more >> $@
endif
