# SHELL with arguments, missing, or something else, and .SHELLFLAGS.
SHELL := /usr/bin/env bash
$(info $(shell a=(1 2); echo $${#a[@]}))
SHELL := /bin/bash
$(info $(shell a=(1 2); echo $${#a[@]} $$0))
.SHELLFLAGS := -ec
$(info $(shell false; echo on)[$(.SHELLSTATUS)])
.SHELLFLAGS := -e -u -c
$(info $(shell echo $$nothing; echo on)[$(.SHELLSTATUS)])
.SHELLFLAGS := -c
SHELL := /nonexistent/sh
$(info [$(shell echo a; echo b)] $(.SHELLSTATUS))
$(info [$(shell echo simple)] $(.SHELLSTATUS))
SHELL := /bin/echo
$(info [$(shell echo a; echo b)])
SHELL := /usr/bin/perl
.SHELLFLAGS := -e
$(info [$(shell print 1 + 2; print "x\n";)])
SHELL :=
.SHELLFLAGS := -c
$(info [$(shell echo a; echo b)])
all: ; @:
