# SPDX-License-Identifier: GPL-2.0-only
# The target's facts: target/linux/BOARD/Makefile, then BOARD/SUBTARGET/target.mk, and what follows
# from them: folders of this target, file systems by FEATURES.

ifeq ($(wildcard $(PLATFORM_DIR)/Makefile),)
  $(error TARGET=$(TARGET): no such target; there are $(subst /image/,/,$(patsubst $(TOPDIR)/target/linux/%.mk,%,$(wildcard $(TOPDIR)/target/linux/*/image/*.mk))))
endif
include $(PLATFORM_DIR)/Makefile
ifeq ($(SUBTARGET),)
  SUBTARGET := $(firstword $(SUBTARGETS))
endif
ifeq ($(filter $(SUBTARGET),$(SUBTARGETS)),)
  $(error TARGET=$(BOARD)/$(SUBTARGET): no such subtarget; $(BOARD) has $(SUBTARGETS))
endif
-include $(PLATFORM_DIR)/$(SUBTARGET)/target.mk

TARGETID := $(BOARD)/$(SUBTARGET)
karch_of = $(patsubst mips%,mips,$(patsubst aarch64%,arm64,$(patsubst x86_64,x86,$(1))))
LINUX_KARCH ?= $(call karch_of,$(ARCH))
LINUX_VERSION ?= 6.1
LINUX_RELEASE ?= 1
LINUX_VERMAGIC ?= unknown
ARCH_PACKAGES ?= $(ARCH)

BUILD_DIR := $(OUTPUT_DIR)/build_dir/target-$(BOARD)_$(SUBTARGET)
KERNEL_BUILD_DIR := $(BUILD_DIR)/linux-$(BOARD)_$(SUBTARGET)
STAGING_DIR_IMAGE := $(OUTPUT_DIR)/staging_dir/target-$(BOARD)_$(SUBTARGET)/image
TARGET_DIR := $(BUILD_DIR)/root-$(BOARD)
ifeq ($(BIN_DIR),)
  BIN_DIR := $(OUTPUT_DIR)/bin/targets/$(BOARD)/$(SUBTARGET)
else
  override BIN_DIR := $(call absolute,$(BIN_DIR))
endif

# A feature turns its file system on unless .config or the command line decided.
feature = $(if $(filter $(1),$(FEATURES)),y)
CONFIG_TARGET_ROOTFS_SQUASHFS ?= $(call feature,squashfs)
CONFIG_TARGET_ROOTFS_JFFS2 ?= $(call feature,jffs2)
CONFIG_TARGET_ROOTFS_EXT4FS ?= $(call feature,ext4)
CONFIG_TARGET_ROOTFS_UBIFS ?= $(call feature,ubifs)
CONFIG_TARGET_ROOTFS_EROFS ?= $(call feature,erofs)
CONFIG_TARGET_ROOTFS_INITRAMFS ?= $(call feature,ramdisk initramfs)
CONFIG_TARGET_ROOTFS_PARTSIZE ?= 24
CONFIG_TARGET_KERNEL_PARTSIZE ?= 40
CONFIG_TARGET_SQUASHFS_BLOCK_SIZE ?= 256
ifneq ($(filter big-endian,$(FEATURES)),)
  CONFIG_BIG_ENDIAN ?= y
endif
