# What counts the restarts came by the environment.
include made.inc
$(info $(MAKE_RESTARTS) $(flavor MAKE_RESTARTS) $(origin MAKE_RESTARTS))
all: ; @echo $(made)
made.inc: ; @echo made := 1 >$@
