# SPDX-License-Identifier: GPL-2.0-only
# What the images say about themselves. Read by the top Makefile too, which hands the results down.

VERSION_DIST ?= OpenWrt
VERSION_NUMBER ?= SNAPSHOT
VERSION_DIST_SANITIZED = $(call sanitize,$(VERSION_DIST))

# The time in every image: given; else a released tree's file version.date; else the last commit.
ifeq ($(SOURCE_DATE_EPOCH),)
  SOURCE_DATE_EPOCH := $(if $(wildcard $(TOPDIR)/version.date),$(strip $(file <$(TOPDIR)/version.date)))
  ifeq ($(SOURCE_DATE_EPOCH),)
    SOURCE_DATE_EPOCH := $(shell git -C '$(TOPDIR)' log -1 --format=%ct 2>/dev/null)
  endif
  ifeq ($(SOURCE_DATE_EPOCH),)
    SOURCE_DATE_EPOCH := 1704067200
  endif
endif
ifeq ($(REVISION),)
  REVISION := $(shell git -C '$(TOPDIR)' log -1 --format=g%h --abbrev=10 2>/dev/null)
  ifeq ($(REVISION),)
    REVISION := unknown
  endif
endif
VERSION_CODE ?= $(REVISION)
export SOURCE_DATE_EPOCH
