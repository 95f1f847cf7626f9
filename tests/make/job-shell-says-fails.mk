# a job that pauses for what SHELL says, beside others, and one that fails between
# args: -k -j4
SHELL = $(if $(filter b,$@),$(info [$@]))/bin/sh
all: a b
a:
	@echo $@1
	@echo $@2
b: a
	@echo $@1
	-@false
	@echo $@2; false
	@echo $@3
