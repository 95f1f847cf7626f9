# SPDX-License-Identifier: GPL-2.0-only
# Devices into rules. An image Makefile includes this file, defines Device/NAME blocks, lists them
# in TARGET_DEVICES and ends with $(eval $(call BuildImage)).
#
# Two phases. First every device's blocks are expanded, one device after the other, before any is
# read: in a block $(X) is what the file says, $$(X) what is set when its line is read, $$$$(X)
# what the recipe finds. Then the text of each device is read, and at its end, while the
# variables still are this device's, Device/Rules makes its rules. Recipes see device variables as
# target-specific ones (DEVICE_VARS and DEFAULT_DEVICE_VARS).

include $(TOPDIR)/mk/names.mk
include $(TOPDIR)/mk/profile.mk
include $(INCLUDE_DIR)/image-commands.mk

KDIR = $(KERNEL_BUILD_DIR)
KDIR_TMP = $(KDIR)/tmp
DTS_DIR := $(PLATFORM_DIR)/dts
JSON_DIR := $(BUILD_DIR)/json_info_files

EXTRA_IMAGE_NAME := $(or $(EXTRA_IMAGE_NAME),$(call qstrip,$(CONFIG_EXTRA_IMAGE_NAME)))
IMG_PREFIX_EXTRA := $(if $(EXTRA_IMAGE_NAME),$(call sanitize,$(EXTRA_IMAGE_NAME))-)
IMG_PREFIX_VERNUM := $(if $(CONFIG_VERSION_FILENAMES),$(call sanitize,$(VERSION_NUMBER))-)
IMG_PREFIX_VERCODE := $(if $(CONFIG_VERSION_CODE_FILENAMES),$(call sanitize,$(VERSION_CODE))-)
IMG_PREFIX := $(VERSION_DIST_SANITIZED)-$(IMG_PREFIX_VERNUM)$(IMG_PREFIX_VERCODE)$(IMG_PREFIX_EXTRA)$(BOARD)-$(SUBTARGET)
IMG_ROOTFS := $(IMG_PREFIX)-rootfs
IMG_COMBINED := $(IMG_PREFIX)-combined

# 16128k -> 16128 * 1024, for the shell's arithmetic.
exp_units = $(subst k, * 1024,$(subst m, * 1024k,$(subst g, * 1024m,$(1))))

# Parameters: words NAME=VALUE. (name, words[, default])
param_get = $(patsubst $(1)=%,%,$(filter $(1)=%,$(2)))
param_get_default = $(firstword $(call param_get,$(1),$(2)) $(3))
# Parameters inside a target's name: TYPE+fs=-m_2048.
param_mangle = $(subst $(space),_,$(strip $(1)))
param_unmangle = $(subst _,$(space),$(1))
target_params = $(subst +,$(space),$*)

# Chains: "command argument... | command ...". Each step is one Build/command called with its
# arguments as $(1). Blanks are hidden while the text is cut at its bars.
chain_blank := ␣
chain_steps = $(subst |,$(space),$(subst $(space),$(chain_blank),$(subst $(tab),$(space),$(1))))
concat_cmd = $(foreach step,$(call chain_steps,$(1)),$(call build_cmd,$(strip $(subst $(chain_blank),$(space),$(step)))))
define build_cmd
$(if $(Build/$(firstword $(1))),,$(error Missing Build/$(firstword $(1))$(if $(DEVICE_NAME), (device $(DEVICE_NAME)))))$(call Build/$(firstword $(1)),$(wordlist 2,$(words $(1)),$(1)))

endef

include $(TOPDIR)/mk/kernel.mk
include $(TOPDIR)/mk/outputs.mk
include $(TOPDIR)/mk/rootfs.mk
include $(TOPDIR)/mk/metadata.mk

device_alts := ALT0 ALT1 ALT2 ALT3 ALT4 ALT5
device_name_parts := VENDOR MODEL VARIANT
device_names := $(device_name_parts:%=DEVICE_%) $(foreach a,$(device_alts),$(device_name_parts:%=DEVICE_$(a)_%))

# Every device begins with these empty.
device_resets := $(device_names) \
	KERNEL KERNEL_INSTALL KERNEL_DEPENDS KERNEL_SIZE CMDLINE \
	IMAGES ARTIFACTS FACTORY_IMG_NAME IMAGE_SIZE NAND_SIZE IMAGE_METADATA \
	UBOOTENV_IN_UBI KERNEL_IN_UBI BLOCKSIZE PAGESIZE SUBPAGESIZE VID_HDR_OFFSET \
	UBINIZE_OPTS UBINIZE_PARTS MKUBIFS_OPTS \
	DEVICE_DTS DEVICE_DTS_CONFIG DEVICE_DTS_DELIMITER DEVICE_DTS_DIR DEVICE_DTS_LOADADDR \
	DEVICE_DTS_OVERLAY DEVICE_FDT_NUM DEVICE_DTC_FLAGS DEVICE_DTCO_FLAGS SOC \
	BOARD_NAME UIMAGE_MAGIC UIMAGE_NAME UIMAGE_TIME \
	DEVICE_PACKAGES DEVICE_COMPAT_MESSAGE BROKEN DEFAULT

# What recipes see of a device, besides its DEVICE_VARS.
DEFAULT_DEVICE_VARS := DEVICE_NAME $(device_names) DEVICE_TITLE DEVICE_PACKAGES \
	DEVICE_COMPAT_VERSION DEVICE_COMPAT_MESSAGE SUPPORTED_DEVICES BOARD_NAME SOC \
	KERNEL KERNEL_INITRAMFS KERNEL_INITRAMFS_IMAGE KERNEL_NAME KERNEL_SIZE KERNEL_ENTRY KERNEL_LOADADDR \
	KERNEL_IN_UBI CMDLINE DEVICE_IMG_PREFIX IMAGE_SIZE NAND_SIZE IMAGE_METADATA FACTORY_IMG_NAME FACTORY_SIZE \
	UBOOTENV_IN_UBI BLOCKSIZE PAGESIZE SUBPAGESIZE VID_HDR_OFFSET UBINIZE_OPTS UBINIZE_PARTS MKUBIFS_OPTS \
	DEVICE_DTS DEVICE_DTS_CONFIG DEVICE_DTS_DELIMITER DEVICE_DTS_DIR DEVICE_DTS_LOADADDR \
	DEVICE_DTS_OVERLAY DEVICE_FDT_NUM DEVICE_DTC_FLAGS DEVICE_DTCO_FLAGS \
	UIMAGE_MAGIC UIMAGE_NAME UIMAGE_TIME UBOOT_PATH

device_title = $$(DEVICE_$(1)VENDOR) $$(DEVICE_$(1)MODEL)$$(if $$(DEVICE_$(1)VARIANT), $$(DEVICE_$(1)VARIANT))

define Device/Init
$(foreach v,$(device_resets),$(v) :=$(newline))
DEVICE_NAME := $(1)
DEVICE_TITLE = $(call device_title,)
$(foreach a,$(device_alts),DEVICE_$(a)_TITLE = $(call device_title,$(a)_)$(newline))
DEVICE_COMPAT_VERSION := 1.0
DEVICE_DESCRIPTION = Build firmware images for $$(DEVICE_TITLE)
DEVICE_IMG_PREFIX := $(IMG_PREFIX)-$(1)
DEVICE_IMG_NAME = $$(DEVICE_IMG_PREFIX)-$$(1)-$$(2)
SUPPORTED_DEVICES := $(subst _,$(comma),$(1))
FILESYSTEMS := $(TARGET_FILESYSTEMS)
FS_OPTIONS/ubifs = $$(MKUBIFS_OPTS)
KERNEL_NAME := vmlinux
KERNEL_PREFIX = $$(DEVICE_IMG_PREFIX)
KERNEL_SUFFIX := -kernel.bin
KERNEL_IMAGE = $$(KERNEL_PREFIX)$$(KERNEL_SUFFIX)
KERNEL_INITRAMFS = $$(KERNEL)
KERNEL_INITRAMFS_PREFIX = $$(DEVICE_IMG_PREFIX)-initramfs
KERNEL_INITRAMFS_SUFFIX = $$(KERNEL_SUFFIX)
KERNEL_INITRAMFS_IMAGE = $$(KERNEL_INITRAMFS_PREFIX)$$(KERNEL_INITRAMFS_SUFFIX)
KERNEL_INITRAMFS_NAME = $$(KERNEL_NAME)-initramfs
UBOOT_PATH := $(STAGING_DIR_IMAGE)/uboot-$(1)
endef

# What DUMP=1 prints of a device instead of making its rules; imagemk list listens for this call.
define Device/DumpInfo
Target-Profile: DEVICE_$(1)
Target-Profile-Name: $(DEVICE_TITLE)
Target-Profile-Packages: $(DEVICE_PACKAGES)
Target-Profile-SupportedDevices: $(SUPPORTED_DEVICES)
Target-Profile-Description:
$(DEVICE_DESCRIPTION)
@@

endef

# The text of a device; its last line makes the rules, unless the device isn't to be built.
define Device
$(call Device/Init,$(1))
$(call Device/Default,$(1))
$(call Device/$(1),$(1))
$(if $(DUMP),$$(info $$(call Device/DumpInfo,$(1))),$(call Device/if_wanted,$(1)))

endef

define Device/if_wanted
$(if $(PROFILE),$(if $(filter $(1),$(PROFILE)),$$(eval $$(call Device/Rules,$(1)))),$$(if $$(or $$(filter y,$$(BROKEN)),$$(filter n,$$(DEFAULT))),,$$(eval $$(call Device/Rules,$(1)))))

endef

# A file under construction has FILE.busy beside it: what a killed or failed run left is made anew.
begin = rm -f $@; : > $@.busy
finish = rm -f $@.busy
unfinished = $(wildcard $(KDIR)/*.busy $(KDIR_TMP)/*.busy)
remove_unfinished = $(if $(unfinished),$(shell rm -rf $(unfinished:.busy=) $(unfinished)))

# --- rules of one device; read while its variables are current ---

device_filesystems = $(filter $(TARGET_FILESYSTEMS),$(FILESYSTEMS))
device_kernel = $(KDIR)/$(1)$(KERNEL_SUFFIX)
device_initramfs = $(if $(CONFIG_TARGET_ROOTFS_INITRAMFS),$(if $(strip $(KERNEL_INITRAMFS)),$(KERNEL_INITRAMFS_IMAGE)))
device_images = $(foreach fs,$(device_filesystems),$(foreach image,$(IMAGES),$(call DEVICE_IMG_NAME,$(fs),$(image))))
device_artifacts = $(ARTIFACTS:%=$(DEVICE_IMG_PREFIX)-%)
# Each of these gets a file in KDIR/tmp, a copy in BIN_DIR and a note for profiles.json.
device_outputs = $(device_initramfs) $(device_images) $(device_artifacts)

# IMAGE/x/fs, or IMAGE/x where that is empty.
image_chain = $(if $(IMAGE/$(2)/$(1)),$(IMAGE/$(2)/$(1)),$(IMAGE/$(2)))
rootfs_file = $(KDIR)/root.$(1)$(if $(FS_OPTIONS/$(1)),+fs=$(call param_mangle,$(FS_OPTIONS/$(1))))

define Device/Rules
$(call Rules/export,$(call device_kernel,$(1)) $(device_outputs:%=$(KDIR_TMP)/%) $(device_outputs:%=$(JSON_DIR)/%.json))
$(foreach dts,$(DEVICE_DTS),$(call Rules/dtb,$(dts),$(or $(DEVICE_DTS_DIR),$(DTS_DIR)),dts,dtb))
$(foreach dts,$(DEVICE_DTS_OVERLAY),$(call Rules/dtb,$(dts),$(or $(DEVICE_DTS_DIR),$(DTS_DIR)),dtso,dtbo))
$(call Rules/kernel,$(1))
$(if $(device_initramfs),$(call Rules/initramfs,$(1)))
$(foreach fs,$(device_filesystems),$(foreach image,$(IMAGES),$(call Rules/image,$(1),$(fs),$(image),$(call DEVICE_IMG_NAME,$(fs),$(image)))))
$(foreach artifact,$(ARTIFACTS),$(call Rules/artifact,$(1),$(artifact)))
$(foreach compile,$(COMPILE),$(call Rules/compile,$(compile)))
$(foreach output,$(device_outputs),$(call Rules/deliver,$(output)))
endef

define Rules/export
$(foreach v,$(DEVICE_VARS) $(DEFAULT_DEVICE_VARS),$(1): $(v) := $$($(v))$(newline))
endef

# (name without suffix, folder, suffix of the source, suffix of the result)
define Rules/dtb
ifeq ($$(filter $(notdir $(1)).$(4),$$(dtb_rules)),)
dtb_rules += $(notdir $(1)).$(4)
$(KDIR)/image-$(notdir $(1)).$(4): DTC_EXTRA := $(DEVICE_DTC_FLAGS)
$(KDIR)/image-$(notdir $(1)).$(4): $(2)/$(1).$(3) $(SETTINGS) | image_prepare
	$$(call Image/BuildDTB,$$<,$$@)
endif

endef

device_dtbs = $(foreach d,$(DEVICE_DTS),$(KDIR)/image-$(notdir $(d)).dtb) $(foreach d,$(DEVICE_DTS_OVERLAY),$(KDIR)/image-$(notdir $(d)).dtbo)

define Rules/kernel
kernel_files += $(KERNEL_NAME)
$(call device_kernel,$(1)): $(KDIR)/$(KERNEL_NAME) $(device_dtbs) $(KERNEL_DEPENDS) $(COMPILE:%=$(KDIR)/%) $(SETTINGS) $(image_texts) | image_prepare
	$$(begin)
	$$(call concat_cmd,$$(KERNEL))
	$$(if $$(KERNEL_SIZE),$$(call Build/check-size,$$(KERNEL_SIZE)))
	$$(finish)
$(if $(KERNEL_INSTALL),
images: $(BIN_DIR)/$(KERNEL_IMAGE)
$(BIN_DIR)/$(KERNEL_IMAGE): $(call device_kernel,$(1))
	$$(call deliver,$$<))
images: $(call device_kernel,$(1))

endef

define Rules/initramfs
initramfs_files += $(KERNEL_INITRAMFS_NAME)
$(KDIR_TMP)/$(KERNEL_INITRAMFS_IMAGE): $(KDIR)/$(KERNEL_INITRAMFS_NAME) $(device_dtbs) $(KERNEL_DEPENDS) $(KDIR)/root.cpio.gz $(SETTINGS) $(image_texts) | image_prepare
	$$(begin)
	$$(call concat_cmd,$$(KERNEL_INITRAMFS))
	$$(finish)
$(JSON_DIR)/$(KERNEL_INITRAMFS_IMAGE).json: FILE_TYPE := kernel
$(JSON_DIR)/$(KERNEL_INITRAMFS_IMAGE).json: FILESYSTEM := initramfs

endef

# (device, file system, image, file name)
define Rules/image
$(KDIR_TMP)/$(4): FILESYSTEM := $(2)
$(KDIR_TMP)/$(4): $(call device_kernel,$(1)) $(call rootfs_file,$(2)) $(device_initramfs:%=$(BIN_DIR)/%) $(SETTINGS) $(image_texts) | image_prepare
	$$(begin)
	$$(call concat_cmd,$(call image_chain,$(2),$(3)))
	$$(finish)
$(JSON_DIR)/$(4).json: FILE_TYPE := $(firstword $(subst ., ,$(3)))
$(JSON_DIR)/$(4).json: FILESYSTEM := $(2)

endef

# An artifact may use every image of its device.
define Rules/artifact
$(KDIR_TMP)/$(DEVICE_IMG_PREFIX)-$(2): $(call device_kernel,$(1)) $(device_images:%=$(BIN_DIR)/%) $(device_initramfs:%=$(BIN_DIR)/%) $(SETTINGS) $(image_texts) | image_prepare
	$$(begin)
	$$(call concat_cmd,$(ARTIFACT/$(2)))
	$$(finish)
$(JSON_DIR)/$(DEVICE_IMG_PREFIX)-$(2).json: FILE_TYPE := $(2)
$(JSON_DIR)/$(DEVICE_IMG_PREFIX)-$(2).json: FILESYSTEM :=

endef

define Rules/compile
$(call Rules/export,$(KDIR)/$(1))
$(KDIR)/$(1): $(SETTINGS) $(image_texts) | image_prepare
	$$(begin)
	$$(call concat_cmd,$(COMPILE/$(1)))
	$$(finish)

endef

define Rules/deliver
image_outputs += $(1)
images: $(BIN_DIR)/$(1)
$(BIN_DIR)/$(1): $(KDIR_TMP)/$(1)
	$$(call deliver,$$<)
$(JSON_DIR)/$(1).json: $(BIN_DIR)/$(1)
	$$(call json_note,$(1))

endef

# Into BIN_DIR whole or not at all; an image that its chain dropped takes the older one with it.
define deliver
if [ -f $(1) ]; then cp $(1) $@.new && mv $@.new $@ || { rm -f $@.new; exit 1; }; else rm -f $@; fi
endef

# --- all devices ---

ifneq ($(DUMP),)
define BuildImage
$(foreach device,$(TARGET_DEVICES),$(call Device,$(device)))
.PHONY: dumpinfo
dumpinfo: ; @:
endef
.DEFAULT_GOAL := dumpinfo
else
define BuildImage
$(check_profiles)
$(remove_unfinished)
$(foreach device,$(TARGET_DEVICES),$(call Device,$(device)))
.PHONY: install compile clean images image_prepare FORCE
$(call Rules/kernel_files)
$(call Rules/outputs)
image_prepare: $(HOST_TOOL_LINKS) $(if $(filter demo,$(ROOTFS_KIND))$(if $(KERNEL_INPUT),,kernel),$(DEMO_DIR)/done)
	mkdir -p $(BIN_DIR) $(KDIR_TMP) $(JSON_DIR)
$(if $(Image/Prepare),	$$(call Image/Prepare))
compile: images
clean:
	rm -rf $(BUILD_DIR)
endef
.DEFAULT_GOAL := install
endif
.DELETE_ON_ERROR:
