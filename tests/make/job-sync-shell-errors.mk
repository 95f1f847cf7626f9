# args: -Oline
# With -O what the shell says on standard error waits with what make says.
$(warning one)
a := $(shell echo two >&2)
$(warning three)
all:;@echo $(shell echo four >&2)
