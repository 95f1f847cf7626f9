# rules: dts-alias
# Paths that are there, without a unit address too; one that is not; a label of a node that is on, off, or below one that is off.
include $(TOPDIR)/rules.mk
include $(INCLUDE_DIR)/image.mk

define Device/Default
  DEVICE_DTS := $(1)
  DEVICE_DTS_DIR := ../dts
  IMAGES := a.bin
  IMAGE/a.bin := append-rootfs
endef

define Device/acme_box
  DEVICE_TITLE := Box
endef
TARGET_DEVICES += acme_box

define Device/acme_off
  DEVICE_TITLE := Off
endef
TARGET_DEVICES += acme_off

define Device/acme_partial
  DEVICE_TITLE := Partial
endef
TARGET_DEVICES += acme_partial

$(eval $(call BuildImage))
