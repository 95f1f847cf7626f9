# env: MAKEFLAGS=k OTHER=1
# args: A=1 -s
# What $(shell) is given of make's own variables.
$(info $(shell echo "$${MAKEFLAGS-unset} $${MFLAGS-unset} $${MAKELEVEL-unset} $${MAKEOVERRIDES-unset} $${A-unset} $${SHELL-unset} $${MAKE-unset} $${OTHER-unset}"))
$(info $(shell echo "$${MAKE_TERMOUT-unset} $${MAKE_TERMERR-unset} $${MAKE_RESTARTS-unset} $${CURDIR-unset}"))
MAKEFLAGS += -n
$(info $(shell echo "$${MAKEFLAGS-unset}"))
all: ; @:
