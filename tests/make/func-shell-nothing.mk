# SHELL is expanded before it shows that there is nothing to run.
SHELL = $(info expanded)/bin/sh
a := $(shell )
all:
