# SPDX-License-Identifier: GPL-2.0-only
# The project's own Makefile: builds imagemk, and is the entry of the demo tree as OpenWrt's
# top-level Makefile is of an OpenWrt tree.

all:

TOPDIR := $(CURDIR)

ifneq ($(wildcard config.mk),)
include config.mk
# A library more in configure.ac: the same choices as before, looked at anew.
config.mk: configure.ac config.mk.in
	autoconf && { ./config.status --recheck && ./config.status || ./configure; } >/dev/null
include interp/build.mk
all: $(B)/imagemk
else
all:
	@echo "config.mk is missing: run ./scripts/bootstrap (or autoconf && ./configure) first" >&2; exit 2
endif

# --- the demo tree ---

PROGRAM = $(B)/imagemk
include mk/toplevel.mk

# Needs the network once, for Debian's kernels; not part of check.
boot-test: all
	+$(MAKE) --no-print-directory target/install TARGET=x86/64
	+$(MAKE) --no-print-directory target/install TARGET=malta/le
	scripts/boot-test

# The generated part of docs/coverage.md; with TREE=TREE (and NAME="owner/name commit") also what a tree tells.
coverage: all
	scripts/coverage $(if $(TREE),--tree $(TREE) --name '$(or $(NAME),$(notdir $(TREE)))')

.PHONY: all boot-test coverage
