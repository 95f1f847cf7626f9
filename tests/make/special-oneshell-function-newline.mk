# A newline alone in $(shell) is a shell's matter under .ONESHELL.
define nl


endef
.ONESHELL:
$(info [$(shell $(nl))] [$(shell echo a$(nl)echo b)])
all: ;
