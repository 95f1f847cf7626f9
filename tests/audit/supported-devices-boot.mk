# rules: supported-devices-dts
# A target whose boards take their names at boot from something else than the first compatible.
include $(TOPDIR)/rules.mk
include $(INCLUDE_DIR)/image.mk

define Device/Default
  DEVICE_DTS := acme_box-2
  DEVICE_DTS_DIR := ../dts
  IMAGES := sysupgrade.bin
  IMAGE/sysupgrade.bin := append-rootfs | append-metadata
endef

define Device/BOX2
  DEVICE_TITLE := Acme Box 2
endef
TARGET_DEVICES += BOX2

$(eval $(call BuildImage))
