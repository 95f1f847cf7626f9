# -p names the other targets of a recipe as the rule does, wherever they were found.
MAKEFLAGS += -r
VPATH = sub
all: ; @mkdir -p sub; touch -d @1000000000 in; touch sub/v.c sub/w.two; $(MAKE) -n -p -f Makefile v.o w.one 2>/dev/null | grep '^#.*Also makes'
v.o: v.c ; @:
v.c v.h &: in ; cp $< $@
%.one %.two: in ; touch $@
w.one: w.two
