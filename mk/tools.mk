# SPDX-License-Identifier: GPL-2.0-only
# The programs that recipes call, and how.

SHELL := /bin/bash
export LC_ALL := C
export TZ := UTC
export PATH := $(STAGING_DIR_HOST)/bin:$(PATH):/usr/sbin:/sbin

# Without V=s or V=99 make does not show recipe lines.
VERBOSE := $(filter s sc 99,$(V))
ifeq ($(VERBOSE),)
.SILENT:
endif

CP := cp -fpR
LN := ln -sf
SED := sed -i -e
TAR := tar
MKHASH := mkhash
INSTALL_DIR := install -d -m0755
INSTALL_DATA := install -m0644
INSTALL_BIN := install -m0755
# A tree as an archive whose bytes depend on names, modes and contents only.
TAR_FIXED = $(TAR) --format=gnu --sort=name --owner=0 --group=0 --numeric-owner --mtime=@$(SOURCE_DATE_EPOCH)

# What programs watch for on standard error.
ERROR_MESSAGE = printf '%s\n' "$(1)" >&2

# Format tools that no Debian package has: imagemk under their names. mkimage, ubinize, dtc and
# the file-system makers are the packages' own when GNU make runs this text.
HOST_TOOLS ?= lzma mktplinkfw padjffs2 fwtool ptgen xorimage mkhash json_add_image_info json_overview_image_info
IMAGEMK_PROGRAM ?= $(TOPDIR)/build/imagemk
HOST_TOOL_LINKS := $(HOST_TOOLS:%=$(STAGING_DIR_HOST)/bin/%)
$(HOST_TOOL_LINKS):
	mkdir -p $(@D)
	ln -sf $(IMAGEMK_PROGRAM) $@
