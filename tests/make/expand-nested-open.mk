# The first reference that is not closed counts, whatever follows.
$(info $(subst a,b,$(x a$(y
all: ;
