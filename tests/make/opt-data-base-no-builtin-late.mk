# Variables that -R takes away once the makefile was read: the table has been doubled before.
ifeq ($(MAKELEVEL),0)
all: ; @$(MAKE) -q -p | grep ^V_
else
MAKEFLAGS += -R
d := 0 1 2 3 4 5 6 7 8 9
$(foreach a,$d,$(foreach b,$d,$(foreach c,$d,$(eval V_$a$b$c = x))))
all: ;
endif
