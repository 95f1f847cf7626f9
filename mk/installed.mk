# SPDX-License-Identifier: GPL-2.0-only
# The top Makefile of the installed make text: make -f @sharedir@/Makefile target/install [TARGET=...]
# writes below the folder that it is called in (or OUTPUT_DIR=); relative names are meant from there.

all:

TOPDIR := $(patsubst %/,%,$(dir $(abspath $(lastword $(MAKEFILE_LIST)))))
PROGRAM := @bindir@/imagemk
START_DIR := $(CURDIR)
OUTPUT_DIR ?= $(CURDIR)
export START_DIR OUTPUT_DIR

include $(TOPDIR)/mk/toplevel.mk
.PHONY: all
