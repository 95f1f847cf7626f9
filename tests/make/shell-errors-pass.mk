# Standard error passes through, in order.
$(info $(shell echo out; echo err >&2; echo out2))
$(warning after)
x := $(shell nosuchcommand 2>&1; echo b >&2)
$(info $x)
y := $(shell ls /nonexistent)
$(info $(shell cat /nonexistent | sed s/a/b/)[$(.SHELLSTATUS)])
all: ; @:
