# "Reading makefile" has the name as it is written, not where -I found it.
ifeq ($(MAKELEVEL),0)
all: ; @$(MAKE) -r -I inc --debug=v | grep '^Reading'
else
include part.mk
-include none.mk
all: ;
endif
