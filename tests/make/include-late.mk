# A makefile that the value of GPATH or second expansion includes is read, but not remade, nor missed.
.SECONDEXPANSION:
GPATH = $(eval include late.mk none.mk)
all: $$(eval include none-either.mk later.mk) ; @echo $(a) $(b) $@
%.mk: ; echo 'a = made' >$@
$(shell echo 'a = late' >late.mk; echo 'b = later' >later.mk)
