# The output of a command with status 127 is taken for the message of a shell that could not be started.
a := $(shell echo x; no-such)
$(info [$(a)] $(.SHELLSTATUS))
b := $(shell echo y; exit 127)
$(info [$(b)] $(.SHELLSTATUS))
d := $(shell nosuch)
c != echo z; exit 127
$(info [$(c)] $(.SHELLSTATUS))
all:;@echo '$(shell echo q; exit 127)'
