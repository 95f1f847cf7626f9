$(info $(MAKEFILE_LIST))
$(warning in a part)
other: ; @false
