# rules: dts-name
# A suffix; a letter from a source that is there and nobody's; another revision; in the tree; far from all of them.
include $(TOPDIR)/rules.mk
include $(INCLUDE_DIR)/image.mk

define Device/Default
  DEVICE_DTS_DIR := ../dts
  IMAGES := a.bin
  IMAGE/a.bin := append-rootfs
endef

define Device/first
  DEVICE_TITLE := First
  DEVICE_DTS := acme_box.dts # expect: dts-name error
endef
TARGET_DEVICES += first

define Device/second
  DEVICE_TITLE := Second
  DEVICE_DTS := acme_tabel # expect: dts-name warning
endef
TARGET_DEVICES += second

define Device/third
  DEVICE_TITLE := Third
  DEVICE_DTS := acme_lamp2
endef
TARGET_DEVICES += third

define Device/fourth
  DEVICE_TITLE := Fourth
  DEVICE_DTS := acme_box
endef
TARGET_DEVICES += fourth

define Device/fifth
  DEVICE_TITLE := Fifth
  DEVICE_DTS := something-of-the-kernel
endef
TARGET_DEVICES += fifth

$(eval $(call BuildImage))
