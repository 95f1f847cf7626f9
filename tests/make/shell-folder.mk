# args: -C sub -f ../Makefile
# $(shell) runs where make is after -C.
$(info $(notdir $(shell pwd)) $(notdir $(shell cd .. && pwd -P)))
$(info $(shell cd / && pwd))
$(info $(notdir $(shell pwd)) $(notdir $(CURDIR)))
$(info $(shell echo $${PWD\#\#*/}))
$(shell echo x > made)
$(info $(wildcard made) $(shell cat made; rm made; ls))
all: ; @:
