# args: --trace
# the target is told of before .SHELLFLAGS is expanded
override .SHELLFLAGS = $(error flags)
all:
	@echo $@
