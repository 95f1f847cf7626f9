# args: -I file -I file/ -I none/ -I sub//
# Only folders get into .INCLUDE_DIRS.
$(info $(firstword $(.INCLUDE_DIRS)))
all:;@:
