$(info $(flavor .INCLUDE_DIRS) $(origin .INCLUDE_DIRS))
all:
