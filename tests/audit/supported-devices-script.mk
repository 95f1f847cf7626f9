# rules: supported-devices-dts
# A target whose script names its boards: one that it names, in other case too; one that it does not.
include $(TOPDIR)/rules.mk
include $(INCLUDE_DIR)/image.mk

define Device/Default
  DEVICE_DTS := acme_box-2
  DEVICE_DTS_DIR := ../dts
  IMAGES := sysupgrade.bin
  IMAGE/sysupgrade.bin := append-rootfs | append-metadata
endef

define Device/box-2M
  DEVICE_TITLE := Acme Box 2
endef
TARGET_DEVICES += box-2M

define Device/box-3 # expect: supported-devices-dts warning
  DEVICE_TITLE := Acme Box 3
endef
TARGET_DEVICES += box-3

$(eval $(call BuildImage))
