# .SHELLSTATUS: of the last $(shell) or !=, also of one that a signal ended, that is missing, that is empty.
$(info [$(.SHELLSTATUS)])
$(info $(shell exit 3)[$(.SHELLSTATUS)])
$(info $(shell true)[$(.SHELLSTATUS)])
$(info $(shell /bin/false)[$(.SHELLSTATUS)])
$(info $(shell /nonexistent/x)[$(.SHELLSTATUS)])
$(info $(shell nosuchcommand; :)[$(.SHELLSTATUS)])
$(info $(shell nosuchcommand)[$(.SHELLSTATUS)])
$(info $(shell exit 4)$(shell )[$(.SHELLSTATUS)])
x != exit 7
$(info [$(.SHELLSTATUS)])
$(info $(shell kill -9 $$$$)[$(.SHELLSTATUS)])
$(info $(origin .SHELLSTATUS) $(flavor .SHELLSTATUS))
.SHELLSTATUS = mine
$(info $(.SHELLSTATUS))
all: ; @:
