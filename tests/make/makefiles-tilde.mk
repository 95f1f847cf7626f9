# env: MAKEFILES=~/pre.mk HOME=home
# A ~ in MAKEFILES is the home; messages name the file as it is written.
all: ; @echo $(notdir $(MAKEFILE_LIST))
