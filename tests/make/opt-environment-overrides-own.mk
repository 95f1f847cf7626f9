# args: -e
# With -e what make defines once more counts as overridden by the environment, its own variable for options too.
$(info $(foreach v,GNUMAKEFLAGS MAKEFLAGS PATH CC SHELL,$v:$(origin $v)))
all: ; @:
