# rules: supported-devices-dts
# Another name; the same; named besides; no metadata that says anything.
include $(TOPDIR)/rules.mk
include $(INCLUDE_DIR)/image.mk

define Device/Default
  DEVICE_DTS := acme_box-2
  DEVICE_DTS_DIR := ../dts
  IMAGES := sysupgrade.bin
  IMAGE/sysupgrade.bin := append-rootfs | append-metadata
endef

define Device/acme_box2 # expect: supported-devices-dts warning
  DEVICE_TITLE := Acme Box 2
endef
TARGET_DEVICES += acme_box2

define Device/acme_box-2
  DEVICE_TITLE := Acme Box 2
endef
TARGET_DEVICES += acme_box-2

define Device/acme_other
  DEVICE_TITLE := Acme Other
  SUPPORTED_DEVICES := acme,old # expect: supported-devices-dts warning
endef
TARGET_DEVICES += acme_other

define Device/acme_renamed
  DEVICE_TITLE := Acme Renamed
  SUPPORTED_DEVICES += acme,box-2
endef
TARGET_DEVICES += acme_renamed

define Device/acme_plain
  DEVICE_TITLE := Acme Plain
  IMAGE/sysupgrade.bin := append-rootfs
endef
TARGET_DEVICES += acme_plain

$(eval $(call BuildImage))
