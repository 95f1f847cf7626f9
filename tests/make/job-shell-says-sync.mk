# args: -Otarget
# what SHELL says of the first line is kept together with its target, of later ones not
SHELL = $(warning [$@])/bin/sh
all:
	echo $@1
	echo $@2
