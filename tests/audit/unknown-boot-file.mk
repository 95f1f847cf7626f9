# rules: unknown-boot-file
# Variants that there are and are not, in an argument and in a variable; by device; asked for first; made by the recipe; of kinds
# that nobody knows; in a folder.
include $(TOPDIR)/rules.mk
include $(INCLUDE_DIR)/image.mk

STAGING_DIR_IMAGE := $(TOPDIR)/staging_dir/image
DEVICE_VARS += LOADER_FILE

define Build/boot
	cat $(STAGING_DIR_IMAGE)/soc_$(1)-bl2.img >> $@
	dd if=$(STAGING_DIR_IMAGE)/soc_$(1)-u-boot.lzma of=$@ bs=1k seek=64
endef

define Build/loader
	cat $(LOADER_FILE) >> $@
endef

define Build/asks
	if [ -f $(STAGING_DIR_IMAGE)/soc_$(1)-u-boot.bin ]; then cat $(STAGING_DIR_IMAGE)/soc_$(1)-u-boot.bin >> $@; fi
endef

define Build/makes
	pack -o x $(STAGING_DIR_IMAGE)/soc_box-u-boot.bin $(STAGING_DIR_IMAGE)/soc_$(1)-u-boot.itb
	cat $(STAGING_DIR_IMAGE)/soc_$(1)-u-boot.itb >> $@
endef

define Device/acme_box
  DEVICE_TITLE := Box
  IMAGES := a.bin b.bin c.bin d.bin
  LOADER_FILE := $(STAGING_DIR_IMAGE)/acme_box-u-boot.img
  IMAGE/a.bin := append-kernel | boot box
  IMAGE/b.bin := append-kernel | boot box-3 # expect: unknown-boot-file warning, unknown-boot-file warning
  IMAGE/c.bin := append-kernel | asks none | makes other
  IMAGE/d.bin := append-kernel | loader
endef
TARGET_DEVICES += acme_box

define Device/acme_box-3
  DEVICE_TITLE := Box 3
  IMAGES := a.bin
  LOADER_FILE := $(STAGING_DIR_IMAGE)/acme_box-3-u-boot.img # expect: unknown-boot-file warning
  IMAGE/a.bin := append-kernel | loader
endef
TARGET_DEVICES += acme_box-3

define Device/acme_other
  DEVICE_TITLE := Other
  IMAGES := a.bin b.bin
  LOADER_FILE := $(STAGING_DIR_IMAGE)/soc_unknown-rcw.bin
  IMAGE/a.bin := append-kernel | loader
  IMAGE/b.bin := append-kernel | take $(STAGING_DIR_IMAGE)/folder/x-u-boot.img $(STAGING_DIR_IMAGE)/any.bin
endef
TARGET_DEVICES += acme_other

define Build/take
	cat $(1) >> $@
endef

$(eval $(call BuildImage))
