# SPDX-License-Identifier: GPL-2.0-only
# What the images say about themselves. Read by the top Makefile too, which hands the results down.

VERSION_DIST ?= OpenWrt
VERSION_NUMBER ?= SNAPSHOT
VERSION_DIST_SANITIZED = $(call sanitize,$(VERSION_DIST))

# A listing of devices (DUMP) needs no repository, and starts nothing.
last_commit = $(if $(DUMP),,$(shell git -C '$(TOPDIR)' log -1 $(1) 2>/dev/null))

# The time in every image: given; else a released tree's file version.date; else the last commit.
ifeq ($(SOURCE_DATE_EPOCH),)
  SOURCE_DATE_EPOCH := $(if $(wildcard $(TOPDIR)/version.date),$(strip $(file <$(TOPDIR)/version.date)))
  ifeq ($(SOURCE_DATE_EPOCH),)
    SOURCE_DATE_EPOCH := $(call last_commit,--format=%ct)
  endif
  ifeq ($(SOURCE_DATE_EPOCH),)
    SOURCE_DATE_EPOCH := 1704067200
  endif
endif
ifeq ($(REVISION),)
  REVISION := $(call last_commit,--format=g%h --abbrev=10)
  ifeq ($(REVISION),)
    REVISION := unknown
  endif
endif
VERSION_CODE ?= $(REVISION)
export SOURCE_DATE_EPOCH
