# args: -w -C /. -C none-such-folder
# The message names the folder that make was in at first.
all:
