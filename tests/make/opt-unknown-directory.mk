# args: -w a=$(info_) b!=none-such-command c:=$(info)
# What the command line says while it is read comes from an unknown directory.
all:
