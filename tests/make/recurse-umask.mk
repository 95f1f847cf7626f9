# SPDX-License-Identifier: GPL-2.0-only
# the umask is the caller's
ifeq ($(MAKELEVEL),0)
all:
	@umask 027; echo 0 > f0; $(MAKE) -s sub N=1 && umask 077 && $(MAKE) -s sub N=2; $(MAKE) -s -t t
	@$(MAKE) -s sub N=3
	@umask 000; $(MAKE) -s sub N=4
	@stat -c '%a %n' f0 f1 f2 f3 f4 g1 g2 g3 g4 h1 h2 h3 h4 t
else
$(if $(N),$(file >g$(N),text))
sub: ; @echo 1 > f$(N); mkdir h$(N); umask
t: ; @:
endif
