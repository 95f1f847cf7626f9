# args: -j2 -w
# A make below with its own -j says so, and says first where it is.
all: ; @$(MAKE) -j1 below
below: ; @echo $@
