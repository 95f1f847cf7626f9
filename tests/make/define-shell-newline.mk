# A newline is something to run.
define a !=


endef
b != $(none)   $(none)
all:;@echo '$(a)$(b)$(.SHELLSTATUS)'
