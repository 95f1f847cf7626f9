# args: -e
# env: MFLAGS=-k
# With -e make's own MFLAGS still takes the place of the environment's.
all: ; @echo $(MFLAGS) $(origin MFLAGS) $(origin MAKELEVEL)
