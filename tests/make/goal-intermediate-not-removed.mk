# An intermediate file that cannot be removed: the error comes behind its name.
all: ; @$(MAKE) -f Makefile a.out 2>&1
%.out: %.mid %.nid ; touch $@
%.mid %.nid: ; mkdir $*.mid $*.nid
