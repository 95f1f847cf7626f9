# What begins like an option is one for the shell.
a = -x *
$(info [$(shell $(a))] [$(.SHELLSTATUS)])
b != +*
all:;@ +*
