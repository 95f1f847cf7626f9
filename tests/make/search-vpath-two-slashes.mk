# Where the folder that is looked in ends in a slash, the slash before the name takes its first letter.
VPATH = sub
all: a//bc a/de ; @echo $^
sub/a//bc sub/a/de: ; @echo $@
