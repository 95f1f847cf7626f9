# SPDX-License-Identifier: GPL-2.0-only
# Where things are. All that is written lies below OUTPUT_DIR (the tree itself unless given).

OUTPUT_DIR ?= $(TOPDIR)
INCLUDE_DIR := $(TOPDIR)/include
SCRIPT_DIR := $(TOPDIR)/scripts
DL_DIR ?= $(OUTPUT_DIR)/dl
STAGING_DIR_HOST := $(OUTPUT_DIR)/staging_dir/host

# Board and subtarget: TARGET=BOARD/SUBTARGET, or the folder that make was started in.
ifneq ($(TARGET),)
  BOARD := $(firstword $(subst /, ,$(TARGET)))
  SUBTARGET := $(word 2,$(subst /, ,$(TARGET)))
else
  BOARD := $(notdir $(patsubst %/,%,$(dir $(CURDIR))))
endif
PLATFORM_DIR := $(TOPDIR)/target/linux/$(BOARD)
